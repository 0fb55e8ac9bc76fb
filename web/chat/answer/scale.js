import { el, uniqueId } from "../dom.js";
import { number } from "./number.js";

const MOST_STEPS = 11;

/**
 * A range as a radio group, both ends labelled. A tap answers; arrow keys only move, then Enter or the button sends.
 * A range too long for a row of radios is a number field.
 */
export function scale(question, t, send) {
  const values = steps(question);
  if (values.length > MOST_STEPS) return number(question, t, send);
  const name = uniqueId("scale");
  const ends = (question.scale ?? []).map((label) => ({ label, id: uniqueId("end") }));
  const done = el("button", { class: "button primary", hidden: true }, t("answer.send"));
  const form = el("form", { class: "scale" },
    el("div", { class: "ends" }, ends.map(({ label, id }) => el("span", { id }, label))),
    el("div", { class: "points", role: "radiogroup", "aria-label": t("chat.answer") },
      values.map((value) => point(name, value, meaning(value, values, ends)))),
    el("p", { class: "row" }, done));
  listen(form, done, () => send({ text: form.elements[name].value }));
  return form;
}

function listen(form, done, answer) {
  let pointing = false;
  form.addEventListener("pointerdown", () => (pointing = true));
  form.addEventListener("keydown", () => (pointing = false));
  form.addEventListener("change", () => (pointing ? answer() : (done.hidden = false)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  });
}

function steps({ min, max, step }) {
  const size = step ?? 1;
  const count = Math.floor((max - min) / size + 1e-9) + 1;
  return Array.from({ length: Math.min(count, MOST_STEPS + 1) }, (_, index) => Number((min + index * size).toFixed(6)));
}

function point(name, value, end) {
  const input = el("input", { type: "radio", name, value, "aria-describedby": end, required: true });
  return el("label", { class: "point" }, input, el("span", {}, String(value)));
}

function meaning(value, values, ends) {
  if (value === values[0]) return ends[0]?.id;
  return value === values.at(-1) ? ends[1]?.id : null;
}
