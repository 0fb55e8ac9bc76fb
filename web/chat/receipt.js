import { el } from "./dom.js";

/** The four words, with a button that copies them; `when` is "start" or "end". */
export function receiptCard(t, receipt, when) {
  const words = el("p", { class: "words", translate: "no" }, receipt);
  const said = el("p", { class: "hint", role: "status" });
  const copy = el("button", { type: "button", class: "chip", onclick: async () => {
    said.textContent = t((await copied(receipt)) ? "receipt.copied" : select(words));
  } }, t("receipt.copy"));
  return el(
    "section",
    { class: "receipt" },
    el("div", { class: "row" }, el("h2", {}, t("receipt.title")), copy),
    words,
    el("p", { class: "hint" }, t(`receipt.${when}`)),
    said,
  );
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function select(words) {
  getSelection().selectAllChildren(words);
  return "receipt.select";
}
