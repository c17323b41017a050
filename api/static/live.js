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

/** Keep a connection. The browser renews a broken one by itself, but gives up after a refusal. */
function listen() {
  let source;
  let timer = 0;
  let failures = 0;
  let last = "";
  const connect = () => {
    source = new EventSource(last ? `${URL_OF_EVENTS}?after=${last}` : URL_OF_EVENTS);
    source.addEventListener("open", () => {
      if (failures) spread("resumed", {});
      failures = 0;
      spread("offline", { offline: false });
    });
    source.addEventListener("error", () => {
      failures += 1;
      if (failures > 1) spread("offline", { offline: true });
      const refused = source.readyState === EventSource.CLOSED;
      if (refused) timer = setTimeout(connect, Math.min(500 * 2 ** failures, 30_000));
    });
    for (const type of ["lead", "leads", "run"]) {
      source.addEventListener(type, (event) => {
        last = event.lastEventId;
        spread(type, JSON.parse(event.data));
      });
    }
  };
  connect();
  return { close: () => (clearTimeout(timer), source.close()) };
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
