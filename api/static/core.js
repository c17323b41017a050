// What every page shares: sending, undo, toasts, the theme, the help. Data becomes text, never HTML.

/** @typedef {{page: Document, rows: HTMLTableRowElement[], operation: number | null, run: string | null}} Answer */

export const UI = document.body.dataset.ui;
const UNDOABLE = "leads.undoable";
const TOAST_MS = 8000;
const toasts = document.getElementById("toasts");

document.body.classList.add("scripted");

/** Parse what the server rendered; it escapes every value. @param {string} html */
export const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** Read an answer of the server, or throw its one sentence. @param {Response} response */
export async function read(response) {
  const text = await response.text();
  const isHtml = response.headers.get("content-type")?.startsWith("text/html");
  if (response.status === 401) location.assign("/login");
  const page = parse(isHtml ? text : "");
  if (!response.ok) {
    const said = isHtml ? page.querySelector(".error")?.textContent : JSON.parse(text).detail;
    throw Object.assign(new Error(said ?? "That did not work."), { page, status: response.status });
  }
  const operation = Number(response.headers.get("Leads-Operation")) || null;
  const run = response.status === 202 ? response.headers.get("Location") : null;
  return { page, rows: [...page.querySelectorAll("tr[data-id]")], operation, run };
}

/** Post a form's values. @param {string} url @param {HTMLFormElement | Record<string, string>} values */
export async function send(url, values = {}) {
  const body = new URLSearchParams(values instanceof HTMLFormElement ? new FormData(values) : values);
  const headers = { "HX-Request": "true" };
  return read(await fetch(url, { method: "POST", headers, body, keepalive: true }));
}

/** Get a part of a page. @param {string} url */
export const get = async (url) => read(await fetch(url, { headers: { "HX-Request": "true" } }));

/** Make an element with text. @param {string} tag @param {string} text @param {string} [className] */
export function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

/** Say something for a while. @param {string} text @param {{bad?: boolean, label?: string, key?: string, act?: () => void}} [options] */
export function toast(text, { bad = false, label = "", key = "", act } = {}) {
  const made = element("div", "", bad ? "toast bad" : "toast");
  made.append(element("span", text));
  if (act) {
    const button = element("button", label);
    if (key) button.append(element("kbd", key));
    button.addEventListener("click", () => (made.remove(), act()));
    made.append(button);
  }
  // A modal dialog hides all else, so what is said stands in it.
  (document.querySelector("dialog[open]") ?? document.body).append(toasts);
  toasts.replaceChildren(made);
  setTimeout(() => made.remove(), TOAST_MS);
}

/**
 * What can be taken back, in the order it was done; an operation is known once the server answers.
 * @type {{operation: number | null, answered: Promise<number | null>}[]}
 */
const acts = JSON.parse(sessionStorage.getItem(UNDOABLE) ?? "[]").map((operation) => ({
  operation,
  answered: Promise.resolve(operation),
}));

function rememberActs() {
  const known = acts.map((act) => act.operation).filter(Boolean);
  sessionStorage.setItem(UNDOABLE, JSON.stringify(known.slice(-50)));
}

/** Offer to take back what is being done. @param {Promise<Answer | void>} work @param {string} text */
export function offerUndo(work, text) {
  const act = { operation: null, answered: work.then((answer) => answer?.operation ?? null) };
  acts.push(act);
  act.answered.then((operation) => {
    act.operation = operation;
    if (!operation && acts.includes(act)) acts.splice(acts.indexOf(act), 1);
    rememberActs();
  });
  toast(text, { label: "Undo", key: "z", act: () => undo(act) });
}

/** Take an act back; without one, the last of this tab. */
export async function undo(act = acts.at(-1)) {
  if (!act) return toast("Nothing to undo in this tab. Activity lists everything.");
  if (acts.includes(act)) acts.splice(acts.indexOf(act), 1);
  const operation = await act.answered;
  rememberActs();
  if (operation) await undoOperation(operation);
}

/** Take an operation back. @param {number} operation */
export async function undoOperation(operation) {
  try {
    const answer = await send(`${UI}/operations/${operation}/undo`);
    if (answer.run) return location.assign(answer.run);
    document.dispatchEvent(new CustomEvent("leads:undone", { detail: answer }));
    toast(answer.page.querySelector(".message")?.textContent ?? "Taken back.");
  } catch (error) {
    toast(error.message, { bad: true });
  }
}

document.getElementById("theme")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.theme ?? dark) === "dark" ? "light" : "dark";
  root.dataset.theme = next;
  send(event.target.action, { theme: next });
});

export function showHelp() {
  const help = document.getElementById("help");
  if (!help.open) help.showModal();
}

document.getElementById("help-opener")?.addEventListener("click", (event) => {
  event.preventDefault();
  showHelp();
});

document.addEventListener("click", (event) => {
  const closes = event.target.closest("dialog .closes") ?? (event.target.matches("dialog") && event.target);
  if (!closes) return;
  event.preventDefault();
  closes.closest("dialog").close();
});

// A closed dialog must not take what is being said with it.
document.addEventListener("close", () => document.body.append(toasts), true);

document.addEventListener("htmx:response:error", (event) => {
  const text = parse(event.detail.ctx.text ?? "").querySelector(".error")?.textContent;
  toast(text ?? "The engine could not answer that.", { bad: true });
});
document.addEventListener("htmx:error", () => toast("The engine cannot be reached.", { bad: true }));
