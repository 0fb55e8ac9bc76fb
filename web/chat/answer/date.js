import { field } from "./field.js";

/** A day, in the calendar of the person's own system; it is sent as YYYY-MM-DD. */
export function date({ min, max }, t, send) {
  return field({ label: t("answer.date"), hint: null, properties: { type: "date", min, max, class: "short" } }, t, send);
}
