import { el, uniqueId } from "../dom.js";

/** One field and its button: `properties` are the input's, `hint` says what is expected. Sends what was typed. */
export function field({ label, hint, properties }, t, send) {
  const [id, described] = [uniqueId("field"), uniqueId("hint")];
  const input = el("input", { id, autocomplete: "off", enterkeyhint: "send", "aria-describedby": described, ...properties });
  const submit = (event) => {
    event.preventDefault();
    if (input.value.trim()) send({ text: input.value });
    else input.focus();
  };
  return el(
    "form",
    { class: "field", onsubmit: submit },
    el("label", { for: id, class: "visually-hidden" }, label),
    el("div", { class: "row" }, input, el("button", { class: "button primary" }, t("answer.send"))),
    el("p", { id: described, class: "hint" }, hint),
  );
}
