import { el } from "../dom.js";
import { icon } from "../icons.js";
import { layoutOf } from "./layout.js";

/**
 * Choices put in order: a tap (or Enter) places the next one; what is placed can move up, down or out. The same
 * buttons serve a finger and a keyboard, and each change is said.
 */
class Rank {
  #placed = [];
  #list;
  #rest;
  #said = el("p", { class: "visually-hidden", role: "status" });
  #done;

  constructor(question, t, send) {
    Object.assign(this, { question, t, send });
    this.most = question.max_choices ?? question.choices.length;
    this.#list = el("ol", { class: "ranked", "aria-label": t("answer.ranked") });
    this.#rest = el("div", { class: layoutOf(question.choices) });
    this.#done = el("button", { class: "button primary" }, t("answer.done"));
    const hint = question.max_choices ? t("answer.rank_at_most", { max: this.most }) : t("answer.rank");
    this.element = el("form", { class: "rank", onsubmit: (event) => this.#submit(event) },
      el("p", { class: "hint" }, hint), this.#list, this.#rest, this.#said, el("p", { class: "row" }, this.#done));
    this.#draw();
  }

  #draw() {
    const rest = this.question.choices.filter((item) => !this.#placed.includes(item));
    this.#list.replaceChildren(...this.#placed.map((item, index) => this.#row(item, index)));
    this.#list.hidden = this.#placed.length === 0;
    this.#rest.replaceChildren(...rest.map((item) => this.#candidate(item)));
    this.#done.disabled = this.#placed.length === 0;
  }

  #candidate(item) {
    const add = () => this.#change(item, [...this.#placed, item], "up");
    const disabled = this.#placed.length >= this.most;
    return el("button", { type: "button", class: "button", "data-code": item.code, disabled, onclick: add }, item.label);
  }

  #row(item, index) {
    return el("li", {},
      el("span", { class: "label" }, item.label),
      this.#tool(item, "up", "up", index === 0, () => this.#moved(item, -1)),
      this.#tool(item, "down", "down", index === this.#placed.length - 1, () => this.#moved(item, 1)),
      this.#tool(item, "remove", "close", false, () => this.#placed.filter((other) => other !== item)));
  }

  #tool(item, act, picture, disabled, next) {
    const properties = {
      type: "button",
      class: "tool",
      disabled,
      "data-code": item.code,
      "data-act": act,
      "aria-label": this.t(`answer.${act}`, { label: item.label }),
      onclick: () => this.#change(item, next(), act),
    };
    return el("button", properties, icon(picture));
  }

  #moved(item, step) {
    const next = this.#placed.filter((other) => other !== item);
    next.splice(this.#placed.indexOf(item) + step, 0, item);
    return next;
  }

  #change(item, placed, act) {
    this.#placed = placed;
    this.#draw();
    this.#focusOn(item, act);
    const rank = placed.indexOf(item) + 1;
    const key = rank ? "answer.placed" : "answer.removed";
    this.#said.textContent = this.t(key, { label: item.label, rank, count: placed.length });
  }

  /** The button that was pressed was drawn anew: the focus goes to its successor, or to the nearest that can take it. */
  #focusOn({ code }, act) {
    const buttons = [...this.element.querySelectorAll(`[data-code="${CSS.escape(code)}"]:enabled`)];
    (buttons.find((button) => button.dataset.act === act) ?? buttons[0] ?? this.#done).focus();
  }

  #submit(event) {
    event.preventDefault();
    const shown = this.#placed.map(({ label }, index) => `${index + 1}. ${label}`).join("\n");
    this.send({ choices: this.#placed.map(({ code }) => code) }, shown);
  }
}

export const rank = (question, t, send) => new Rank(question, t, send).element;
