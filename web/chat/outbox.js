const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;

/**
 * Sends turns one at a time, in the order said. A turn keeps its client id however often it is sent, so nothing
 * doubles. One that can't be delivered for now is tried again, at growing intervals or when `retry()` asks.
 *
 * `hooks`: `delivered(turn, response)`, `failed(turn, problem)` (it will be tried again), `refused(turn, problem)`
 * (it won't).
 */
export class Outbox {
  #send;
  #hooks;
  #queue = [];
  #running = false;
  #wake = () => {};

  constructor(send, hooks) {
    this.#send = send;
    this.#hooks = hooks;
  }

  async add(turn) {
    this.#queue.push(turn);
    if (this.#running) return;
    this.#running = true;
    while (this.#queue.length) await this.#deliver(this.#queue.shift());
    this.#running = false;
  }

  /** Tries now what waits for its next attempt. */
  retry() {
    this.#wake();
  }

  /** Forgets what was not sent. */
  clear() {
    this.#queue = [];
  }

  async #deliver(turn) {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const { response, problem } = await this.#attempt(turn);
      if (response) return this.#hooks.delivered(turn, response);
      if (!problem.transient) return this.#hooks.refused(turn, problem);
      this.#hooks.failed(turn, problem);
      await this.#pause(Math.max(wait, problem.retryAfter * 1_000));
    }
  }

  async #attempt(turn) {
    try {
      return { response: await this.#send(turn) };
    } catch (problem) {
      return { problem };
    }
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
