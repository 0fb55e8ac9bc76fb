import { Problem } from "./api.js";
import { Conversation } from "./conversation.js";
import { Outbox } from "./outbox.js";
import { save } from "./save.js";
import { forget, remember } from "./session.js";
import { loadStrings } from "./strings.js";
import { View } from "./view.js";

const POLL_MS = 1_500;
const LOST = new Set(["continued-elsewhere", "bad-token", "missing-token"]);
const STALE = new Set(["not-open", "closed", "unknown-question", "unknown-choice"]);
const GONE = new Set(["withdrawn", "unknown-interview"]);

/**
 * One interview on this page: what the person does becomes turns, what the API answers becomes the conversation, and
 * the view shows it. `place` is `{element, consultation, titles, languages}`.
 */
export class Chat {
  conversation = new Conversation();
  #api;
  #place;
  #outbox;
  #view = null;
  #t = null;
  #polling = false;

  constructor(api, place) {
    this.#api = api;
    this.#place = place;
    this.#outbox = new Outbox((turn) => api.say(turn), {
      delivered: (turn, response) => this.#delivered(turn, response),
      failed: (turn, problem) => this.#failed(turn, problem),
      refused: (turn, problem) => this.#refused(turn, problem),
    });
  }

  get titles() {
    return this.#place.titles;
  }

  get languages() {
    return this.#place.languages;
  }

  get receipt() {
    return this.#api.session.receipt;
  }

  /** Opens the interview of the API's session, at `state` if just begun; throws the `Problem` that prevents it. */
  async open(state) {
    this.conversation.merge(state ?? (await this.#api.messages(0, this.#api.session.language)));
    await this.#speak(this.conversation.language);
    this.#watch();
    this.#settled();
  }

  /** Sends an answer: `turn` is `{text}` or `{choices, other?}`, `shown` what the person's message looks like. */
  answer(turn, shown) {
    const { question, language } = this.conversation;
    const client_id = crypto.randomUUID();
    this.conversation.say({ author: "respondent", client_id, text: shown ?? turn.text, language, delivery: "sending" });
    this.#view.render();
    this.#outbox.add({ client_id, ...turn, ...(question && { question: question.name }) });
  }

  /** Presses an action, `{id, label}`. */
  press({ id, label }) {
    this.answer({ action: id }, label);
  }

  retry() {
    this.#outbox.retry();
  }

  async switchLanguage(language) {
    await this.#try(async () => this.#take(await this.#api.setLanguage(language)));
  }

  /** Gives the person all that is held on them; `format` is "json" or "csv". */
  async download(format) {
    await this.#try(async () => save(await this.#api.export(format), `porte-voix.${format}`));
  }

  /** Erases everything, here and there. */
  async withdraw() {
    await this.#try(async () => {
      await this.#api.withdraw();
      this.#end("withdrawn");
    });
  }

  /** This device forgets the interview; the interview stays. */
  leave() {
    forget(this.#place.consultation);
    location.reload();
  }

  /** Back to the cover, where the four words are asked for. */
  resumeHere() {
    location.hash = "resume";
    location.reload();
  }

  #delivered(turn, response) {
    this.conversation.accept(this.#messageOf(turn), response.message, response.turn);
    this.#view.say("");
    return this.#try(() => (turn.action === "off_record" ? this.#renew() : this.#take(response)));
  }

  #failed(turn, problem) {
    this.#messageOf(turn).delivery = "failed";
    this.#view.render();
    this.#view.say(this.#words(problem));
  }

  #refused(turn, problem) {
    this.#messageOf(turn).delivery = "refused";
    this.#view.render();
    if (turn.text && !this.#view.draft) this.#view.draft = turn.text;
    this.#trouble(problem);
    if (STALE.has(problem.code)) this.#try(() => this.#refresh());
  }

  #messageOf(turn) {
    return this.conversation.messages.find(({ client_id }) => client_id === turn.client_id);
  }

  async #take(state) {
    this.conversation.merge(state);
    if (this.conversation.language !== this.#t("page.language")) await this.#adopt(this.conversation.language);
    this.#view.render();
    this.#settled();
  }

  #settled() {
    if (this.conversation.status === "withdrawn") this.#end("withdrawn");
    else if (this.conversation.turn === "pending") this.#poll();
  }

  async #poll() {
    if (this.#polling) return;
    this.#polling = true;
    while (this.conversation.turn === "pending") {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      await this.#try(() => this.#refresh());
    }
    this.#polling = false;
  }

  async #renew() {
    this.conversation.renew(await this.#api.messages(0, this.conversation.language));
    this.#view.render();
    this.#settled();
  }

  async #refresh() {
    await this.#take(await this.#api.messages(this.conversation.last));
  }

  /** What was said is said again in the other language; what the person wrote stays as written. */
  async #adopt(language) {
    this.conversation.merge(await this.#api.messages(0, language));
    await this.#speak(language);
  }

  async #speak(language) {
    this.#t = await loadStrings(language);
    this.#api.language = language;
    this.#api.session.language = language;
    remember(this.#place.consultation, this.#api.session);
    document.documentElement.lang = language;
    document.title = this.titles[language];
    this.#mount();
  }

  #mount() {
    const focused = document.activeElement?.dataset.focus;
    const draft = this.#view?.draft ?? "";
    this.#view = new View(this.#t, this);
    this.#place.element.replaceChildren(...this.#view.build());
    this.#view.render();
    this.#view.draft = draft;
    this.#view.arrive();
    this.#place.element.querySelector(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
  }

  /** Comes back to date when the person comes back to the page, and sends what waits when the network does. */
  #watch() {
    const back = () => document.visibilityState === "visible" && !this.conversation.waiting && this.#try(() => this.#refresh());
    document.addEventListener("visibilitychange", back);
    addEventListener("online", () => this.retry());
  }

  async #try(act) {
    try {
      await act();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#trouble(problem);
    }
  }

  #trouble(problem) {
    if (LOST.has(problem.code)) this.#end("elsewhere");
    else if (GONE.has(problem.code)) this.#end("withdrawn");
    else this.#view.say(this.#words(problem));
  }

  #words({ code, title }) {
    return title || this.#t(code === "unreachable" ? "problems.unreachable" : "problems.unexpected");
  }

  #end(key) {
    forget(this.#place.consultation);
    this.#outbox.clear();
    this.conversation.turn = "idle";
    this.#place.element.replaceChildren(...this.#view.buildEnding(key));
  }
}
