import { el } from "./dom.js";

/** Shows the messages, oldest first. Each keeps its element, so a screen reader hears only what is new. */
export class Log {
  #t;
  #retry;
  #shown = new Map();

  /** `retry()` is called when the person asks to send again. */
  constructor(t, retry) {
    this.#t = t;
    this.#retry = retry;
    this.element = el("div", { class: "log", role: "log", "aria-label": t("chat.conversation") });
  }

  /** Returns what is new, in order, as elements. */
  render({ messages, own }) {
    const fresh = messages.filter((message) => !this.#shown.has(message)).map((message) => this.#add(message));
    this.#dropAllBut(messages);
    for (const message of messages) this.#update(message, message === own);
    this.#arrange(messages);
    return fresh;
  }

  elementOf(message) {
    return this.#shown.get(message);
  }

  #add(message) {
    const by = message.author === "respondent" ? "you" : "bot";
    const element = el(
      "div",
      { class: "message", "data-by": by },
      el("span", { class: "visually-hidden" }, this.#t(`chat.${by}`), " "),
      el("p", { class: "said" }),
    );
    this.#shown.set(message, element);
    return element;
  }

  #update(message, isLatest) {
    const element = this.#shown.get(message);
    const said = element.querySelector(".said");
    const text = message.kind === "struck" ? this.#t("chat.struck") : message.text;
    if (said.textContent !== text) said.textContent = text;
    element.dataset.kind = message.kind ?? "answer";
    if (message.language) said.lang = message.language;
    const delivery = isLatest || message.delivery !== "sent" ? message.delivery : undefined;
    if (element.dataset.delivery !== delivery) this.#mark(element, delivery);
  }

  #mark(element, delivery) {
    element.querySelector(".delivery")?.remove();
    if (!delivery) return delete element.dataset.delivery;
    element.dataset.delivery = delivery;
    const again = el("button", { type: "button", class: "link", onclick: this.#retry }, this.#t("delivery.retry"));
    const mark = this.#t(`delivery.${delivery}`);
    element.append(el("p", { class: "delivery", "aria-live": "off" }, mark, delivery === "failed" && [" ", again]));
  }

  #dropAllBut(messages) {
    const kept = new Set(messages);
    for (const [message, element] of this.#shown) {
      if (kept.has(message)) continue;
      element.remove();
      this.#shown.delete(message);
    }
  }

  #arrange(messages) {
    let next = null;
    for (const message of messages.toReversed()) {
      const element = this.#shown.get(message);
      if (element.nextElementSibling !== next || !element.isConnected) this.element.insertBefore(element, next);
      next = element;
    }
  }
}
