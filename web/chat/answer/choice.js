import { el } from "../dom.js";
import { layoutOf } from "./layout.js";
import { otherOf, wordsField } from "./words.js";

/** One choice among several, or a consent: one tap sends; the choice that asks "which?" opens its field first. */
export function choice(question, t, send) {
  const other = otherOf(question);
  const words = wordsField(t);
  const done = el("button", { class: "button primary", hidden: true }, t("answer.send"));
  const answer = ({ code, label }) =>
    send({ choices: [code], ...(words.value && { other: words.value }) }, words.value ?? label);
  const ask = (event) => {
    event.currentTarget.setAttribute("aria-expanded", "true");
    words.show(true);
    done.hidden = false;
    words.focus();
  };
  const submit = (event) => {
    event.preventDefault();
    answer(other);
  };
  const button = (item) =>
    item === other
      ? el("button", { type: "button", class: "button", "aria-expanded": "false", onclick: ask }, item.label)
      : el("button", { type: "button", class: "button", onclick: () => answer(item) }, item.label);
  return el("form", { class: "choice", onsubmit: submit },
    el("div", { class: layoutOf(question.choices) }, question.choices.map(button)), words.element, done);
}
