import { reached } from "./api.js";

/**
 * The catalogue of a language, as a function: `t("answer.chosen", { count: 2, max: 3 })`.
 * A key that is missing is a mistake of ours: it throws.
 */
export async function loadStrings(language) {
  const response = await reached(fetch(new URL(`../strings/${language}.json`, import.meta.url)));
  const catalogue = await reached(response.json());
  return (path, values = {}) => {
    const text = path.split(".").reduce((part, key) => part?.[key], catalogue);
    if (typeof text !== "string") throw new Error(path);
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
}
