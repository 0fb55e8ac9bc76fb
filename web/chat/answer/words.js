import { el, uniqueId } from "../dom.js";

/** The field of a choice that asks "which?". Hidden until `show(true)`; `value` is null when nothing was written. */
export function wordsField(t) {
  const id = uniqueId("words");
  const input = el("input", { id, autocomplete: "off", enterkeyhint: "send" });
  const element = el("p", { class: "words-field", hidden: true }, el("label", { for: id }, t("answer.other")), input);
  return {
    element,
    focus: () => input.focus(),
    show: (visible) => (element.hidden = !visible),
    get value() {
      return !element.hidden && input.value.trim() ? input.value : null;
    },
  };
}

/** The choice that carries words, when the question has one. */
export function otherOf({ choices, other }) {
  return choices.find((choice) => choice.other) ?? (other ? choices.at(-1) : null);
}
