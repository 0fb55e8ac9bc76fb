import { el } from "../dom.js";
import { otherOf, wordsField } from "./words.js";

/** Several choices: a group of checkboxes and "Done". An exclusive choice stands alone; `max_choices` is a ceiling. */
class Choices {
  #boxes;
  #words;
  #done;
  #count = el("span", { class: "count", role: "status" });

  constructor(question, t, send) {
    Object.assign(this, { t, send, max: question.max_choices, other: otherOf(question) });
    this.#boxes = question.choices.map(checkbox);
    this.#words = wordsField(t);
    this.#done = el("button", { class: "button primary" }, t("answer.done"));
    this.element = el("form",
      { class: "choices", onsubmit: (event) => this.#submit(event), onchange: ({ target }) => this.#changed(target) },
      el("p", { class: "hint" }, this.max ? t("answer.at_most", { max: this.max }) : t("answer.several")),
      el("div", { class: "grid" }, this.#boxes.map(({ element }) => element)),
      this.#words.element,
      el("p", { class: "row" }, this.#done, this.#count));
    this.#refresh();
  }

  get #chosen() {
    return this.#boxes.filter(({ input }) => input.checked);
  }

  #changed(target) {
    const last = this.#boxes.find(({ input }) => input === target);
    if (last?.input.checked) this.#keepAlone(last);
    this.#refresh();
  }

  #keepAlone(last) {
    for (const box of this.#boxes) {
      if (box !== last && (last.item.exclusive || box.item.exclusive)) box.input.checked = false;
    }
  }

  /** An exclusive choice replaces the others, so the ceiling never closes it. */
  #refresh() {
    const count = this.#chosen.length;
    const full = this.max != null && count >= this.max;
    for (const { input, item } of this.#boxes) input.disabled = full && !input.checked && !item.exclusive;
    this.#words.show(this.#chosen.some(({ item }) => item === this.other));
    this.#done.disabled = count === 0;
    if (this.max) this.#count.textContent = this.t("answer.chosen", { count, max: this.max });
  }

  #submit(event) {
    event.preventDefault();
    const items = this.#chosen.map(({ item }) => item);
    const words = this.#words.value;
    const shown = items.map((item) => (item === this.other && words) || item.label).join(" · ");
    this.send({ choices: items.map(({ code }) => code), ...(words && { other: words }) }, shown);
  }
}

function checkbox(item) {
  const input = el("input", { type: "checkbox", value: item.code });
  return { item, input, element: el("label", { class: "box" }, input, el("span", {}, item.label)) };
}

export const choices = (question, t, send) => new Choices(question, t, send).element;
