// A file dropped anywhere on the page goes up with progress, then its import is watched.

import { read, toast } from "./core.js";
import "./run.js";

const form = document.getElementById("drop");
const error = document.getElementById("drop-error");

/** Send the form's file; only XMLHttpRequest tells how much of a body has gone. @param {File} file */
function upload(file, submitter = form.querySelector("[name=plan]")) {
  const sending = document.getElementById("sending");
  const bar = document.getElementById("sending-bar");
  const values = new FormData(form, submitter);
  values.set("file", file);
  document.getElementById("sending-name").textContent = file.name;
  error.hidden = true;
  sending.hidden = false;
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    document.getElementById("sending-text").textContent =
      loaded < total ? `${Math.round((100 * loaded) / total)} % sent` : "checking…";
  });
  request.addEventListener("load", () => finish(request).finally(() => (sending.hidden = true)));
  request.addEventListener("error", () => {
    sending.hidden = true;
    toast("The engine cannot be reached. The file is not lost; try again.", { bad: true });
  });
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.send(values);
}

async function finish(request) {
  if (request.status === 201) return location.assign(request.getResponseHeader("Location"));
  const headers = { "content-type": request.getResponseHeader("content-type") ?? "" };
  try {
    await read(new Response(request.responseText, { status: request.status, headers }));
  } catch (problem) {
    error.textContent = problem.message;
    error.hidden = false;
  }
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [file] = document.getElementById("file").files;
    if (file) upload(file, event.submitter);
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const [file] = event.dataTransfer.files;
    if (file) upload(file);
  });
}
