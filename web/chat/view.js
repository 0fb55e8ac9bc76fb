import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { Log } from "./log.js";
import { openMenu } from "./menu.js";
import { Panel } from "./panel.js";
import { receiptCard } from "./receipt.js";

const NEAR_END_PX = 160;
const OVER = new Set(["completed", "declined", "withdrawn", "expired"]);

/** The whole screen of a conversation, in one language; another language is another view. */
export class View {
  #t;
  #chat;
  #log;
  #panel;
  #composer;
  #progress = el("progress", { max: "1", "aria-hidden": "true" });
  #counted = el("p", { class: "counted" });
  #typing;
  #status = el("p", { class: "status", role: "status" });
  #end = el("div", { class: "end" });

  constructor(t, chat) {
    this.#t = t;
    this.#chat = chat;
    this.#log = new Log(t, () => chat.retry());
    this.#panel = new Panel(t, chat);
    this.#composer = new Composer(t, (text) => chat.answer({ text }, text));
    this.#typing = el("p", { class: "typing", hidden: true }, el("span", {}, t("chat.working")), el("i"), el("i"), el("i"));
  }

  /** The elements of the screen; what was said before is already in place, so that only news is announced. */
  build() {
    if (this.#chat.conversation.own) this.render();
    return [
      el("a", { class: "skip", href: "#content" }, this.#t("page.skip_to_content")),
      this.#bar(),
      el("main", { id: "content", class: "chat", tabindex: "-1" },
        this.#chat.receipt && receiptCard(this.#t, this.#chat.receipt, "start"),
        this.#log.element, this.#typing, this.#panel.element, this.#end),
      el("footer", { class: "dock" }, this.#status, this.#composer.element),
    ];
  }

  /** Shows where the conversation stands; follows what is new, unless the person is reading higher up. */
  render() {
    const { conversation } = this.#chat;
    const follows = nearEnd();
    const over = OVER.has(conversation.status);
    const fresh = this.#log.render(conversation);
    this.#typing.hidden = !conversation.waiting || conversation.messages.some(({ delivery }) => delivery === "failed");
    this.#panel.render(conversation, !conversation.waiting && !over);
    this.#composer.suit(conversation.question);
    this.#composer.element.hidden = over;
    this.#count(conversation.progress);
    if (over && !this.#end.hasChildNodes()) this.#finish(conversation.status);
    const said = this.#own();
    if (fresh.length && (follows || fresh.includes(said))) follow(said ?? fresh[0]);
  }

  /** Where a person who arrives should look: at the last exchange, or at the beginning of a new interview. */
  arrive() {
    const said = this.#own();
    if (said) said.scrollIntoView({ block: "start", behavior: "instant" });
    else scrollTo({ top: 0, behavior: "instant" });
  }

  /** Says something about the connection or a refusal, where the person writes. */
  say(text) {
    this.#status.textContent = text;
  }

  get draft() {
    return this.#composer.draft;
  }

  set draft(text) {
    this.#composer.draft = text;
  }

  /** The elements of a screen that only says how it ended: `key` of the strings' `ended`. */
  buildEnding(key) {
    const t = this.#t;
    const here = el("button", { type: "button", class: "button primary", onclick: () => this.#chat.resumeHere() }, t("ended.resume_here"));
    return [
      el("header", { class: "bar" }, this.#title()),
      el("main", { id: "content", class: "home" },
        el("h2", {}, t(`ended.${key}`)),
        el("p", { class: "lead" }, t(`ended.${key}_body`)),
        el("p", { class: "row" }, key === "elsewhere" && here, this.#home())),
    ];
  }

  /** The element of what the person said last, if anything. */
  #own() {
    return this.#log.elementOf(this.#chat.conversation.own);
  }

  #bar() {
    const [chat, t, other] = [this.#chat, this.#t, this.#t("page.other")];
    const language = { type: "button", class: "quiet-button", lang: other, "data-focus": "language" };
    const menu = { type: "button", class: "quiet-button", "aria-haspopup": "dialog", "data-focus": "menu" };
    return el("header", { class: "bar" },
      this.#title(),
      chat.languages.includes(other) &&
        el("button", { ...language, onclick: () => chat.switchLanguage(other) }, t("page.switch")),
      el("button", { ...menu, onclick: () => openMenu(t, chat) }, icon("menu"), t("chat.menu")),
      this.#progress,
      this.#counted);
  }

  #title() {
    return el("h1", {}, el("span", { class: "mark" }), el("span", {}, this.#chat.titles[this.#t("page.language")]));
  }

  #count(progress) {
    if (!progress) return;
    this.#progress.value = progress.ratio;
    this.#counted.textContent = this.#t("chat.progress", progress);
  }

  #finish(status) {
    const { receipt } = this.#chat;
    const again = el("button", { type: "button", class: "button", onclick: () => this.#chat.leave() }, this.#t("ended.restart"));
    this.#end.append(...[
      el("h2", {}, this.#t(`ended.${status}`)),
      status === "completed" && receipt && receiptCard(this.#t, receipt, "end"),
      el("p", { class: "row" }, status === "declined" && again, this.#home()),
    ].filter(Boolean));
  }

  #home() {
    return el("a", { class: "button", href: `/?lang=${this.#t("page.language")}` }, this.#t("ended.home"));
  }
}

function nearEnd() {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  return scrollHeight - clientHeight - scrollTop < NEAR_END_PX;
}

/** The element comes to the top of the screen, or as near as the end of the page allows. */
function follow(element) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: quiet ? "instant" : "smooth" });
}
