// The chips' counts: moved at once by what is done here, fetched anew after what others did.

import { get } from "./core.js";

let timer = 0;

/** Move one lead from a status to another; null stands for being or not being there at all. */
export function patchCounts(from, to) {
  if (from) add(from, -1);
  if (to) add(to, 1);
  if (!from) add("all", 1);
  if (!to) add("all", -1);
}

/** Fetch the counts, once for all changes of a moment. */
export function refreshCounts() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const { page } = await get(document.getElementById("chips").dataset.refresh);
    for (const fresh of page.querySelectorAll("[data-count]")) {
      shown(fresh.dataset.count).textContent = fresh.textContent;
    }
  }, 300);
}

const shown = (name) => document.querySelector(`[data-count="${name}"]`);

function add(name, step) {
  const count = shown(name);
  const value = Number(count?.textContent.replaceAll(",", ""));
  if (!Number.isNaN(value)) count.textContent = (value + step).toLocaleString("en");
}
