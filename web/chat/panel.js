import { answerTo } from "./answer/index.js";
import { el } from "./dom.js";

/** What the bot offers to settle before anything else: a reading to choose, a yes or no, an answer to change. */
const OFFER = /^(yes|no|none|resume|reading:|change:)/;
const SETTLING_MS = 400;

/**
 * What can be pressed now: an offer, or the answers to the open question, and the quick actions beneath. It hides
 * while a reply is awaited, and keeps what was half filled when the same question is still open afterwards.
 */
export class Panel {
  #t;
  #chat;
  #drawn = null;
  #answer = el("div", { class: "answer" });
  #quick = el("div", { class: "quick" });
  #content = el("div", { class: "panel-content" }, this.#answer, this.#quick);

  constructor(t, chat) {
    this.#t = t;
    this.#chat = chat;
    this.element = el("div", { class: "panel", role: "group", tabindex: "-1", "aria-label": t("chat.answer") }, this.#content);
  }

  /** `open` is false when nothing can be pressed: a reply is awaited, or the interview is over. */
  render(conversation, open) {
    if (!open) return this.#hide();
    const offers = this.#offers(conversation);
    const quick = conversation.actions.filter(({ id }) => !OFFER.test(id));
    this.#draw(conversation, offers);
    this.#quick.replaceChildren(...quick.map((action) => this.#button(action, "chip")));
    if (this.#content.hidden) this.#settle();
    this.#content.hidden = false;
  }

  #offers({ actions, status }) {
    const offers = actions.filter(({ id }) => OFFER.test(id));
    if (status !== "paused") return offers.filter(({ id }) => id !== "resume");
    return offers.length ? offers : [{ id: "resume", label: this.#t("menu.resume") }];
  }

  #draw({ question, language }, offers) {
    const drawing = JSON.stringify([question, language, offers]);
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    this.#answer.lang = language;
    this.#answer.replaceChildren(...(offers.length ? [this.#offered(offers)] : this.#asked(question)));
  }

  #offered(offers) {
    return el("div", { class: "rows" }, offers.map((action) => this.#button(action, "button")));
  }

  #asked(question) {
    if (!question) return [];
    const answer = answerTo(question, this.#t, (turn, shown) => this.#chat.answer(turn, shown));
    return [question.hint && el("p", { class: "hint" }, question.hint), answer].filter(Boolean);
  }

  #button(action, style) {
    return el("button", { type: "button", class: style, onclick: () => this.#chat.press(action) }, action.label);
  }

  /** A keyboard's place in the page is kept: the panel holds the focus until what comes next is there. */
  #hide() {
    if (this.#content.contains(document.activeElement)) this.element.focus({ preventScroll: true });
    this.#content.hidden = true;
  }

  /** The second tap of a double tap must not answer the question that has just come under the finger. */
  #settle() {
    this.#content.inert = true;
    setTimeout(() => (this.#content.inert = false), SETTLING_MS);
  }
}
