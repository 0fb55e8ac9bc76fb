const STATE = ["question", "progress", "status", "language"];

/**
 * Where the conversation stands, as the API last said it, and the person's messages that are still on their way.
 * A message is the API's `{seq, author, kind, language, text, actions}`; the person's own carry `client_id`, and
 * `delivery` while this page follows them: sending, failed, refused, pending (accepted, reply to come), sent.
 */
export class Conversation {
  messages = [];
  question = null;
  progress = null;
  status = null;
  language = null;
  turn = "idle";

  /** The sequence number of the last message known, 0 when none is. */
  get last() {
    return this.messages.reduce((last, { seq }) => Math.max(last, seq ?? 0), 0);
  }

  /** Whether something the person said has no reply yet. */
  get waiting() {
    return this.turn === "pending" || this.messages.some(({ delivery }) => delivery === "sending" || delivery === "failed");
  }

  /** What the person said last, if anything. */
  get own() {
    return this.messages.findLast(({ author }) => author === "respondent");
  }

  /** What may be pressed now: the actions of everything the bot said since the person last spoke. */
  get actions() {
    const spoke = this.messages.findLastIndex(({ author, delivery }) => author === "respondent" && delivery !== "refused");
    const offered = this.messages.slice(spoke + 1).flatMap(({ actions }) => actions ?? []);
    return [...new Map(offered.map((action) => [action.id, action])).values()];
  }

  /** Takes a state of the API; its messages join those known. */
  merge({ messages = [], turn = "idle", ...state }) {
    messages.forEach((message) => this.#keep(message));
    this.messages.sort((a, b) => place(a) - place(b) || 0);
    this.turn = turn;
    for (const part of STATE) if (part in state) this[part] = state[part];
    if (turn === "idle") this.#settle();
  }

  /** Takes a state whose messages are the whole transcript: what is no longer in it was erased. */
  renew(state) {
    const kept = new Set(state.messages.map(({ seq }) => seq));
    this.messages = this.messages.filter(({ seq }) => seq == null || kept.has(seq));
    this.merge(state);
  }

  /** Adds what the person just said, before any network. */
  say(message) {
    this.messages.push(message);
  }

  /** The API took the person's message: it now has its place. */
  accept(message, { seq }, turn) {
    Object.assign(message, { seq, delivery: turn === "pending" ? "pending" : "sent" });
    this.messages = this.messages.filter((other) => other === message || other.seq !== seq);
  }

  /** No turn is under way: nothing accepted waits for its reply. */
  #settle() {
    this.messages.filter(({ delivery }) => delivery === "pending").forEach((message) => (message.delivery = "sent"));
  }

  #keep(message) {
    const known = this.messages.find((other) => same(other, message));
    if (known) Object.assign(known, message);
    else this.messages.push(message);
  }
}

/** A message without a sequence number is still on its way: it comes last. */
const place = ({ seq }) => seq ?? Infinity;

function same(a, b) {
  return (a.seq != null && a.seq === b.seq) || (a.client_id != null && a.client_id === b.client_id);
}
