import { Api, Problem } from "./api.js";
import { Chat } from "./chat.js";
import { forget, recall, remember } from "./session.js";

const RESTORE_AGAIN_MS = 5_000;

/**
 * `<porte-voix consultation="slug" languages="fr en" surface="page" source="CODE" data-title-fr="…">`: holds the cover
 * of a consultation as the server rendered it, and becomes the conversation when the person starts or resumes one.
 */
class PorteVoix extends HTMLElement {
  #api = new Api(document.documentElement.lang);

  connectedCallback() {
    this.#prepareCover();
    const session = recall(this.#consultation);
    if (session) this.#restore(session);
    else this.#enable();
  }

  get #consultation() {
    return this.getAttribute("consultation");
  }

  #prepareCover() {
    const start = this.querySelector("[data-start]");
    const resume = this.querySelector("[data-resume]");
    start?.addEventListener("click", () => this.#begin(start, () => this.#start()));
    resume.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const { receipt } = event.target.elements;
      this.#begin(event.submitter, () => this.#resume(receipt.value));
    });
    resume.open = location.hash === "#resume";
  }

  #enable() {
    this.querySelectorAll("button").forEach((button) => (button.disabled = false));
  }

  async #start() {
    const [consultation, language] = [this.#consultation, this.#api.language];
    const [surface, source] = [this.getAttribute("surface"), this.getAttribute("source") ?? undefined];
    const { id, token, receipt, ...state } = await this.#api.start({ consultation, language, surface, source });
    await this.#open({ id, token, receipt }, state);
  }

  async #resume(receipt) {
    const { id, token } = await this.#api.resume(receipt);
    await this.#open({ id, token, receipt: receipt.trim() });
  }

  /** Until it is known whether the interview of this device can go on, no other begins over it. */
  async #restore(session) {
    try {
      await this.#open(session);
    } catch (problem) {
      this.#trouble(problem);
      if (problem.transient) return setTimeout(() => this.#restore(session), RESTORE_AGAIN_MS);
      this.#api.session = null;
      forget(this.#consultation);
      if (problem.code !== "withdrawn") this.#notice(this.#words.restoreFailed);
      this.#enable();
    }
  }

  async #open(session, state) {
    this.#api.session = session;
    const [element, consultation] = [this, this.#consultation];
    const languages = this.getAttribute("languages").split(" ");
    const titles = Object.fromEntries(languages.map((code) => [code, this.getAttribute(`data-title-${code}`)]));
    remember(consultation, session);
    await new Chat(this.#api, { element, consultation, titles, languages }).open(state);
  }

  /** Runs once however often the button is pressed; a problem is said on the cover. */
  async #begin(button, act) {
    button.disabled = true;
    try {
      await act();
      this.querySelector("#content").focus({ preventScroll: true });
    } catch (problem) {
      button.disabled = false;
      this.#trouble(problem);
    }
  }

  #trouble(problem) {
    if (!(problem instanceof Problem)) throw problem;
    this.#notice(problem.title || this.#words.unreachable);
  }

  #notice(text) {
    this.querySelector(".cover-notice").textContent = text;
  }

  /** What the server left for the cover to say. */
  get #words() {
    return this.querySelector(".cover-notice").dataset;
  }
}

customElements.define("porte-voix", PorteVoix);
