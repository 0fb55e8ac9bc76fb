import { openDialog, confirmDialog } from "./dialogs.js";
import { el } from "./dom.js";
import { receiptCard } from "./receipt.js";

/** What can be asked for at any time, whatever the bot offers: about the question, then about the conversation. */
export function openMenu(t, chat) {
  openDialog(t, { title: t("chat.menu"), kind: "sheet" }, (close) => {
    const item = (key, act) =>
      el("button", { type: "button", class: "item", onclick: () => [close(), act()] }, t(`menu.${key}`));
    const action = (id) => item(id, () => chat.press({ id, label: t(`menu.${id}`) }));
    return [
      section(t("menu.about_question"), aboutQuestion(chat.conversation).map(action)),
      section(t("menu.about_interview"), [
        ...aboutInterview(chat.conversation).map(action),
        item("receipt", () => showReceipt(t, chat.receipt)),
        item("data", () => offerData(t, chat)),
        item("leave", () => confirmDialog(t, "leave", () => chat.leave())),
        item("withdraw", () => confirmDialog(t, "withdraw", () => chat.withdraw())),
      ]),
    ];
  });
}

function aboutQuestion({ question, status }) {
  if (!question || status === "paused") return [];
  const missing = question.type === "consent" ? [] : ["dont_know", "refuse"];
  const skip = question.required || question.type === "consent" ? [] : ["skip"];
  return [...skip, ...missing, "back", "explain", "repeat"];
}

function aboutInterview({ status }) {
  if (status === "paused") return ["resume"];
  return ["consenting", "active"].includes(status) ? ["how_long", "help", "off_record", "pause"] : [];
}

function section(title, items) {
  return items.length > 0 && el("section", {}, el("h3", {}, title), items);
}

function offerData(t, chat) {
  const file = (format) =>
    el("button", { type: "button", class: "button", onclick: () => chat.download(format) }, t(`data.${format}`));
  openDialog(t, { title: t("menu.data") }, () => [
    el("p", {}, t("data.body")),
    el("p", { class: "row" }, file("csv"), file("json")),
  ]);
}

function showReceipt(t, receipt) {
  openDialog(t, { title: t("menu.receipt") }, () =>
    receipt ? receiptCard(t, receipt, "start") : el("p", {}, t("receipt.unknown")),
  );
}
