// What others do to the list: rows change in place, new leads wait behind a pill.

import { isCreating } from "./create.js";
import { refreshCounts } from "./counts.js";
import { bind } from "./keys.js";
import { isBusy, refreshRows } from "./leads.js";

/** Leads that came since the list was loaded. @type {Set<string>} */
const waiting = new Set();
/** Leads that changed a moment ago, and how. @type {Map<string, string>} */
const changed = new Map();
let timer = 0;

function gather({ detail: { id, action } }) {
  changed.set(String(id), action);
  clearTimeout(timer);
  timer = setTimeout(apply, 40);
}

function apply() {
  // Our own request tells more than its echo; wait for it.
  if (isCreating() || [...changed.keys()].some(isBusy)) return void (timer = setTimeout(apply, 60));
  const actions = new Map(changed);
  changed.clear();
  for (const [id, action] of actions) {
    if (action === "delete") waiting.delete(id);
    else if (action === "create" && !document.getElementById(`lead-${id}`)) waiting.add(id);
  }
  if (waiting.size) announce(waiting.size === 1 ? "1 new lead" : `${waiting.size} new leads`);
  refreshRows([...actions.keys()]);
  refreshCounts();
}

function announce(text) {
  const pill = document.getElementById("pill");
  pill.textContent = `${text} — show`;
  pill.hidden = false;
}

/** Load the list anew, as it is addressed. */
function show() {
  waiting.clear();
  const url = location.pathname + location.search;
  htmx.ajax("GET", url, { target: "#list", swap: "outerHTML" });
}

/** Everything may have changed: an import, an undo of one, or a time without connection. */
function catchUp() {
  refreshRows([...document.querySelectorAll("#rows > tr")].map((row) => row.dataset.id));
  refreshCounts();
}

document.addEventListener("click", (event) => event.target.closest("#pill") && show());
bind(["."], () => document.querySelector("#pill:not([hidden])")?.click());
document.addEventListener("live:lead", gather);
document.addEventListener("live:resumed", catchUp);
document.addEventListener("live:leads", ({ detail: { kind } }) => {
  if (kind === "import" || kind === "scrape") announce("New leads");
  catchUp();
});
