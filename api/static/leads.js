// The list: optimistic status, delete and create, with undo; keys; rows kept as others leave them.

import { UI, get, offerUndo, send, toast } from "./core.js";
import { bind } from "./keys.js";
import { openDrawer, drawerLead, refreshDrawer } from "./drawer.js";
import { patchCounts, refreshCounts } from "./counts.js";

const STATUSES = ["new", "contacted", "qualified", "disqualified"];
/** Rows taken out by a deletion, and what stood behind them. @type {Map<string, {row: Element, next: Element | null}>} */
const removed = new Map();
/** What is under way, by lead; one lead's requests follow each other. @type {Map<string, Promise<void>>} */
const underWay = new Map();
let currentId = "";

const rows = () => [...document.querySelectorAll("#rows > tr")];
const rowOf = (id) => document.getElementById(`lead-${id}`);
const word = (status) => status[0].toUpperCase() + status.slice(1);
const nameOf = (row) => row.querySelector(".c-name a").textContent;
export const isBusy = (id) => underWay.has(String(id));

/** Make a row the one that keys act on. @param {Element | undefined} row */
function choose(row, { focus = true } = {}) {
  if (!row) return;
  for (const other of document.querySelectorAll('#rows > tr[tabindex="0"]')) settle(other, -1);
  settle(row, 0);
  currentId = row.dataset.id;
  if (!focus) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** One row is in the tab order, with its buttons; the others wait. @param {Element} row */
function settle(row, index) {
  row.tabIndex = index;
  for (const button of row.querySelectorAll(".c-act button")) button.tabIndex = index;
}

export function settleAll() {
  const all = rows();
  for (const row of all) settle(row, -1);
  choose(rowOf(currentId) ?? all[0], { focus: false });
  const loaded = document.getElementById("loaded");
  if (loaded) loaded.textContent = all.length.toLocaleString("en");
}

/** Show a status before the server has it. @param {Element} row @param {string} status */
function paint(row, status) {
  row.dataset.status = status;
  const badge = row.querySelector(".badge");
  if (badge) {
    badge.className = `badge ${status}`;
    badge.querySelector("use").setAttribute("href", `#i-${status}`);
    badge.querySelector("span").textContent = word(status);
  }
  for (const button of row.querySelectorAll(".strip-of-four button")) {
    button.setAttribute("aria-pressed", String(button.value === status));
  }
}

/** Let a row look as the server has it; it stays the same element, so focus stays. */
export function patchRow(row, fresh) {
  if (Number(fresh.dataset.version) < Number(row.dataset.version)) return;
  const focused = row.contains(document.activeElement) && document.activeElement;
  Object.assign(row.dataset, fresh.dataset);
  row.classList.remove("gone");
  row.replaceChildren(...fresh.children);
  settle(row, row.tabIndex);
  htmx.process(row);
  if (focused && focused !== row) {
    const same = focused.id ? `#${focused.id}` : `button[value="${focused.value}"]`;
    (row.querySelector(same) ?? row).focus({ preventScroll: true });
  }
}

/** Change a lead's status: paint, send, and paint back if it fails. */
function setStatus(id, status) {
  const row = rowOf(id);
  const shown = [row, drawerLead(id)].filter(Boolean);
  if (!shown.length || shown[0].dataset.status === status) return;
  const before = shown[0].dataset.status;
  const name = shown[0] === row ? nameOf(row) : shown[0].dataset.name;
  for (const one of shown) paint(one, status);
  patchCounts(before, status);
  const work = follow(id, async () => {
    try {
      const answer = await send(`${UI}/leads/${id}/status`, { status });
      if (row && row.dataset.status === status) answer.rows.forEach((fresh) => patchRow(row, fresh));
      refreshDrawer(id);
      return answer;
    } catch (error) {
      for (const one of shown) paint(one, before);
      patchCounts(status, before);
      const retry = () => setStatus(id, status);
      toast(`Not saved. ${error.message}`, { bad: true, label: "Retry", act: retry });
    }
  });
  offerUndo(work, `${name} → ${word(status)}`);
}

/** Do work on a lead once all earlier work on it is done. */
function follow(id, work) {
  const key = String(id);
  const task = (underWay.get(key) ?? Promise.resolve()).then(work).finally(() => {
    if (underWay.get(key) === task) underWay.delete(key);
  });
  underWay.set(key, task);
  return task;
}

function remove(id) {
  const row = rowOf(id);
  if (!row) return;
  const next = row.nextElementSibling;
  const { status } = row.dataset;
  removed.set(String(id), { row, next });
  choose(next ?? row.previousElementSibling ?? undefined);
  row.remove();
  patchCounts(status, null);
  const work = follow(id, async () => {
    try {
      return await send(`${UI}/leads/${id}/delete`);
    } catch (error) {
      bringBack(row);
      patchCounts(null, status);
      toast(`Not deleted. ${error.message}`, { bad: true });
    }
  });
  offerUndo(work, `${nameOf(row)} deleted`);
}

/** Put a row where it stood, or on top. @param {Element} row */
export function bringBack(row) {
  const place = removed.get(row.dataset.id);
  removed.delete(row.dataset.id);
  const body = document.getElementById("rows");
  if (!body) return location.reload();
  body.insertBefore(row, place ? (place.next?.isConnected ? place.next : null) : body.firstChild);
  row.classList.add("flash");
  settleAll();
  htmx.process(row);
}

document.addEventListener("leads:undone", ({ detail: { rows: fresh, page } }) => {
  for (const one of fresh) {
    const row = rowOf(one.dataset.id);
    if (row) patchRow(row, one);
    else bringBack(document.adoptNode(one));
    refreshDrawer(one.dataset.id);
  }
  for (const gone of page.querySelectorAll("[data-gone]")) rowOf(gone.dataset.gone)?.remove();
  refreshCounts();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest('#rows button[formaction], #drawer button[formaction]');
  if (!button) return;
  event.preventDefault();
  const [, id, action] = button.getAttribute("formaction").match(/leads\/(\d+)\/(\w+)$/);
  const row = button.closest("#rows > tr");
  if (row) choose(row, { focus: action !== "status" });
  if (action === "status") setStatus(id, button.value);
  else remove(id);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("#rows > tr");
  if (row && row.dataset.id !== currentId) choose(row, { focus: event.target === row });
});
document.addEventListener("htmx:after:swap", settleAll);

function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.id === currentId);
  const started = all[at]?.contains(document.activeElement) || document.querySelector("#drawer[open]");
  const next = started ? all[Math.min(Math.max(at + step, 0), all.length - 1)] : all[Math.max(at, 0)];
  choose(next);
  if (next && document.querySelector("#drawer[open]")) openDrawer(next.dataset.id);
  if (all.indexOf(next) > all.length - 5) document.getElementById("more")?.click();
}

bind(["j", "ArrowDown"], () => move(1), { inDrawer: true, repeats: true });
bind(["k", "ArrowUp"], () => move(-1), { inDrawer: true, repeats: true });
bind(["1", "2", "3", "4"], (key) => act((id) => setStatus(id, STATUSES[key - 1])), { inDrawer: true });
bind(["#", "Delete"], () => act(remove));
bind(["o"], () => act(openDrawer));
bind(["/"], () => document.getElementById("q").select());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("#rows > tr")) openDrawer(event.target.dataset.id);
  if (event.key === "Escape" && event.target.id === "q") event.target.blur();
});

function act(action) {
  const writes = document.getElementById("act") && document.querySelector(".c-act, .decide");
  if (!writes && action !== openDrawer) return;
  action(document.querySelector("#drawer[open] .lead")?.dataset.id ?? rowOf(currentId)?.dataset.id);
}

/** Fetch rows as they are now, and show what is gone. @param {string[]} ids */
export async function refreshRows(ids) {
  const known = ids.filter((id) => rowOf(id) && !isBusy(id));
  if (!known.length) return;
  const answer = await get(`${UI}/leads/rows?${known.map((id) => `id=${id}`).join("&")}`);
  const found = new Map(answer.rows.map((fresh) => [fresh.dataset.id, fresh]));
  for (const id of known) {
    const row = rowOf(id);
    if (!row || isBusy(id)) continue;
    const fresh = found.get(id);
    if (!fresh) row.classList.add("gone");
    else if (fresh.dataset.version !== row.dataset.version || row.matches(".gone")) {
      patchRow(row, fresh);
      row.classList.add("flash");
      row.addEventListener("animationend", () => row.classList.remove("flash"), { once: true });
    }
  }
}

settleAll();
