import { field } from "./field.js";

/** A number, typed on the keypad that suits it. The API reads it: "3,5" is as good as "3.5". */
export function number(question, t, send) {
  const inputmode = question.type === "integer" ? "numeric" : "decimal";
  return field({ label: t("answer.number"), hint: bounds(question, t), properties: { inputmode, class: "short" } }, t, send);
}

function bounds({ min, max }, t) {
  if (min != null && max != null) return t("answer.between", { min, max });
  if (min != null) return t("answer.at_least", { min });
  return max != null ? t("answer.up_to", { max }) : null;
}
