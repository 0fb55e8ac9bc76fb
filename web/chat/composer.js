import { el } from "./dom.js";
import { icon } from "./icons.js";

const GROWS = CSS.supports("field-sizing", "content");

/** Words at any time: a field that grows, sent as typed, byte for byte. */
export class Composer {
  #t;
  #send;

  /** `send(text)` gets what was typed. */
  constructor(t, send) {
    this.#t = t;
    this.#send = send;
    this.field = el("textarea", {
      rows: 1,
      "aria-label": t("composer.label"),
      "data-focus": "composer",
      autocomplete: "off",
      enterkeyhint: "send",
      onkeydown: (event) => this.#key(event),
      oninput: () => this.#grow(),
    });
    const button = el("button", { class: "send", "aria-label": t("composer.send") }, icon("send"));
    this.element = el("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, this.field, button);
  }

  /** Suits the field to the open question, or to none. */
  suit(question) {
    const kind = !question ? "none" : ["text", "consent"].includes(question.type) ? question.type : "choice";
    this.element.dataset.kind = kind;
    this.field.placeholder = this.#t(`composer.${kind}`);
    this.#grow();
  }

  get draft() {
    return this.field.value;
  }

  set draft(text) {
    this.field.value = text;
    this.#grow();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value;
    if (!text.trim()) return this.field.focus();
    this.draft = "";
    this.#send(text);
    this.field.focus({ preventScroll: true });
  }

  #key(event) {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches;
    if (!sends) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  /** For browsers that don't size a field by its content (CSS `field-sizing`). */
  #grow() {
    if (GROWS) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}
