// A new lead in a dialog; the server judges the fields, as it does for the plain form.

import { offerUndo, send, toast } from "./core.js";
import { patchCounts } from "./counts.js";
import { bind } from "./keys.js";
import { bringBack } from "./leads.js";

const dialog = document.getElementById("create");
let creating = false;
export const isCreating = () => creating;

function open() {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden])").focus();
}

async function submit(form) {
  if (creating) return;
  creating = true;
  try {
    const answer = await send(form.action, form);
    dialog.close();
    form.reset();
    for (const field of form.querySelectorAll(".wrong")) field.classList.remove("wrong");
    for (const error of form.querySelectorAll(".error")) error.remove();
    const [row] = answer.rows;
    const name = row.querySelector(".c-name a").textContent;
    bringBack(document.adoptNode(row));
    patchCounts(null, row.dataset.status);
    row.focus?.();
    const said = answer.page.querySelector(".message")?.textContent;
    offerUndo(Promise.resolve(answer), said ?? `${name} created`);
  } catch (error) {
    const fresh = error.page?.getElementById("create-form");
    if (!fresh) return toast(`Not saved. ${error.message}`, { bad: true });
    form.replaceWith(document.adoptNode(fresh));
    dialog.querySelector("[aria-invalid]")?.focus();
  } finally {
    creating = false;
  }
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".opens-create") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open();
});
dialog?.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target);
});
dialog?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(dialog.querySelector("form"));
});
bind(["c"], open);
