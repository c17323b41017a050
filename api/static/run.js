// Runs as they go on: the page of one run, or the list of many, is fetched anew when one moves.

import { get } from "./core.js";

let underWay = false;
let again = false;

/** Fetch the page and put the fresh list of runs in the place of the old. */
async function refreshList(list) {
  again = underWay;
  if (underWay) return;
  underWay = true;
  const { page } = await get(location.pathname + location.search);
  list.replaceWith(document.adoptNode(page.getElementById("run-list")));
  underWay = false;
  if (again) refreshList(document.getElementById("run-list"));
}

document.addEventListener("live:run", ({ detail: { id } }) => {
  const run = document.getElementById("run");
  const list = document.getElementById("run-list");
  if (run?.dataset.run === String(id) && run.hasAttribute("hx-get")) htmx.trigger(run, "refresh");
  else if (list) refreshList(list);
});
