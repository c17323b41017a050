// The drawer: a lead beside the list, under its own address, so that Back and reload work.

import { UI, undoOperation } from "./core.js";

const drawer = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
let listUrl = "";

/** Open a lead beside the list. @param {string} id */
export function openDrawer(id) {
  const known = drawer.open;
  if (!known) listUrl = location.pathname + location.search;
  const url = `${UI}/leads/${id}`;
  htmx.ajax("GET", url, { target: "#drawer-body", swap: "innerHTML", [known ? "replace" : "push"]: "true" });
}

/** Give the lead that is open, if it is this one. @param {string} id */
export const drawerLead = (id) => body?.querySelector(`.lead[data-id="${id}"]`);

/** Show the open lead as it is now. @param {string} id */
export function refreshDrawer(id) {
  if (!drawer?.open || !drawerLead(id)) return;
  htmx.ajax("GET", `${UI}/leads/${id}`, { target: "#drawer-body", swap: "innerMorph" });
}

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.target === body && !drawer.open) listUrl = location.pathname + location.search;
});
document.addEventListener("htmx:after:swap", () => {
  if (!body?.firstElementChild || drawer.open) return;
  drawer.showModal();
  drawer.focus();
});
drawer?.addEventListener("submit", (event) => {
  const [, operation] = event.target.action.match(/operations\/(\d+)\/undo$/) ?? [];
  if (!operation) return;
  event.preventDefault();
  undoOperation(Number(operation));
});
drawer?.addEventListener("close", () => {
  body.replaceChildren();
  if (location.pathname.startsWith(`${UI}/leads/`)) history.back();
});
document.addEventListener("htmx:before:history:restore", (event) => {
  // The list is still there behind the drawer; loading it anew would lose the place in it.
  if (listUrl !== event.detail.path) return;
  event.preventDefault();
  if (drawer.open) drawer.close();
});
