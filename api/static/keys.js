// Single keys. They act on the page, never in a field; in a dialog only those made for it.

import { showHelp, undo } from "./core.js";

/** @type {Map<string, {act: (key: string) => void, inDrawer: boolean, repeats: boolean}>} */
const bindings = new Map();
const FIELDS = "input, textarea, select, [contenteditable]";

/** Bind keys to an action. @param {string[]} keys @param {(key: string) => void} act */
export function bind(keys, act, { inDrawer = false, repeats = false } = {}) {
  for (const key of keys) {
    if (bindings.has(key)) throw new Error(`The key ${key} has two meanings.`);
    bindings.set(key, { act, inDrawer, repeats });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(FIELDS)) return;
  const found = bindings.get(event.key);
  const dialog = document.querySelector("dialog[open]");
  if (!found || (event.repeat && !found.repeats)) return;
  if (dialog && !(found.inDrawer && dialog.id === "drawer")) return;
  event.preventDefault();
  found.act(event.key);
});

bind(["?"], showHelp);
bind(["z"], () => undo(), { inDrawer: true });
