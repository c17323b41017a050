// Changes by others. One tab listens for all: a browser grants a host six connections, not one per tab.

const channel = new BroadcastChannel("leads");
const offline = document.getElementById("offline");
const URL_OF_EVENTS = "/api/events";

/** Tell this page. @param {{type: string, data: object}} message */
function deliver(message) {
  if (message.type === "offline") offline.hidden = !message.data.offline;
  else document.dispatchEvent(new CustomEvent(`live:${message.type}`, { detail: message.data }));
}

/** Tell this page and all others. @param {string} type @param {object} data */
function spread(type, data) {
  deliver({ type, data });
  channel.postMessage({ type, data });
}

function listen() {
  const source = new EventSource(URL_OF_EVENTS);
  let failures = 0;
  source.addEventListener("open", () => {
    if (failures) spread("resumed", {});
    failures = 0;
    spread("offline", { offline: false });
  });
  source.addEventListener("error", () => {
    failures += 1;
    if (failures > 1) spread("offline", { offline: true });
  });
  for (const type of ["lead", "leads", "run"]) {
    source.addEventListener(type, (event) => spread(type, JSON.parse(event.data)));
  }
  return source;
}

channel.addEventListener("message", (event) => deliver(event.data));
if (navigator.locks) {
  navigator.locks.request("leads.live", () => (listen(), new Promise(() => {})));
} else {
  // Plain http from another machine has no locks: then only the tab in front listens.
  let source = document.hidden ? null : listen();
  document.addEventListener("visibilitychange", () => {
    source?.close();
    source = document.hidden ? null : listen();
  });
}
