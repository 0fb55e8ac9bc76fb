import { choice } from "./choice.js";
import { choices } from "./choices.js";
import { date } from "./date.js";
import { number } from "./number.js";
import { rank } from "./rank.js";
import { scale } from "./scale.js";

const KINDS = {
  consent: choice,
  select_one: choice,
  select_multiple: choices,
  rank,
  range: scale,
  integer: number,
  decimal: number,
  date,
};

/**
 * What answers a question besides words, as an element; null for an open question. `send(turn, shown)` gets
 * `{choices, other?}` or `{text}`, and what the person's message looks like.
 */
export function answerTo(question, t, send) {
  return KINDS[question.type]?.(question, t, send) ?? null;
}
