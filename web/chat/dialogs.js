import { el, uniqueId } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Opens a dialog over the page: the browser keeps the focus in it, closes it on Escape and gives the focus back.
 * `build(close)` returns its content.
 */
export function openDialog(t, { title, kind = "card" }, build) {
  const id = uniqueId("dialog");
  const dialog = el("dialog", { class: kind, "aria-labelledby": id, onclose: () => dialog.remove(), onclick: outside });
  const close = () => dialog.close();
  const dismiss = el("button", { type: "button", class: "quiet-button", "aria-label": t("chat.close"), onclick: close });
  dismiss.append(icon("close"));
  dialog.append(el("header", {}, el("h2", { id }, title), dismiss), ...[build(close)].flat());
  document.querySelector("porte-voix").append(dialog);
  dialog.showModal();
}

/** Asks before something is lost; `act()` runs only on the button that says so. */
export function confirmDialog(t, key, act) {
  openDialog(t, { title: t(`${key}.title`) }, (close) => [
    el("p", {}, t(`${key}.body`)),
    el(
      "p",
      { class: "row" },
      el("button", { type: "button", class: "button", onclick: close }, t(`${key}.cancel`)),
      el("button", { type: "button", class: "button primary", onclick: () => [close(), act()] }, t(`${key}.confirm`)),
    ),
  ]);
}

function outside(event) {
  if (event.target === event.currentTarget) event.currentTarget.close();
}
