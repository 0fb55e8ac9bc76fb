/** What went wrong with a call: the API's problem (code, title in the person's language), or "unreachable". */
export class Problem extends Error {
  constructor({ status = 0, code = "unreachable", title = "", retryAfter = 0 } = {}) {
    super(code);
    Object.assign(this, { status, code, title, retryAfter });
  }

  /** Whether the same call may succeed later. */
  get transient() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const BASE = "/api/v1/interviews";
const PATIENCE_MS = 20_000;

/** The respondent's HTTP contract, one method a call. Each returns the response's JSON or throws a `Problem`. */
export class Api {
  constructor(language) {
    this.language = language;
    this.session = null;
  }

  start(interview) {
    return this.#call("POST", "", interview);
  }

  resume(receipt) {
    return this.#call("POST", "/resume", { receipt });
  }

  messages(after, language) {
    const query = new URLSearchParams({ after, ...(language && { language }) });
    return this.#call("GET", `/${this.session.id}/messages?${query}`);
  }

  say(turn) {
    return this.#call("POST", `/${this.session.id}/messages`, turn);
  }

  setLanguage(language) {
    return this.#call("PATCH", `/${this.session.id}`, { language });
  }

  withdraw() {
    return this.#call("DELETE", `/${this.session.id}`);
  }

  /** Everything held on the person, as a file; `format` is "json" or "csv". */
  async export(format) {
    const response = await this.#send("GET", `/${this.session.id}/export?format=${format}`);
    return reached(response.blob());
  }

  async #call(method, path, body) {
    const response = await this.#send(method, path, body);
    return response.status === 204 ? null : reached(response.json());
  }

  async #send(method, path, body) {
    const headers = { "Accept-Language": this.language };
    if (this.session) headers.Authorization = `Bearer ${this.session.token}`;
    if (body) headers["Content-Type"] = "application/json";
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await reached(fetch(BASE + path, { method, headers, signal, body: body && JSON.stringify(body) }));
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

/** What was awaited from the network; cut short, it is a problem that may pass. */
export function reached(promise) {
  return promise.catch(() => {
    throw new Problem();
  });
}

async function problemOf(response) {
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  const { code = "unexpected", title = "" } = await response.json().catch(() => ({}));
  return new Problem({ status: response.status, code, title, retryAfter });
}
