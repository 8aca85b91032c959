// The worker answers for the server while there is no network: with the page of a
// room, the sheet of a visit, a desk or the cards of a sitting that was opened on this device before, and with the
// files it needs. What it holds is put there by that page (lib/shelf.js) and goes at sign-out.
// At the inbox it shows the calls that somebody has asked for (lib/push.js).
const patience = 4_000; // a page that takes longer comes from the device

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/a/")) event.respondWith(file(request));
  const room = url.pathname.match(/^\/rooms\/[0-9a-f-]{36}(?=$|\/log$|\/minutes(\/read)?$|\/acts\/)/)?.[0];
  const visit = url.pathname.match(/^\/visits\/[0-9a-f-]{36}\/(sheet|before)$/)?.[0];
  const desk = url.pathname.match(/^\/conferences\/[0-9a-f-]{36}\/desk\/[0-9a-f-]{36}$/)?.[0];
  const cues = url.pathname.match(/^\/conferences\/[0-9a-f-]{36}\/script\/[0-9a-f-]{36}\/run$/)?.[0];
  const shelved = room ?? visit ?? desk ?? cues;
  if (shelved && request.mode === "navigate") event.respondWith(page(request, shelved));
});

async function file(request) {
  return (await kept(request.url)) ?? fetch(request);
}

// page asks the server and falls back to the page as this device has it at the address
// shelved: of a room its script draws whatever part of it was asked for.
async function page(request, shelved) {
  const answer = fetch(request).catch(() => null);
  const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, patience))]);
  if (first && first.status < 500) return first;
  return (await kept(shelved)) ?? (await answer) ?? Response.error();
}

async function kept(address) {
  return caches.match(address);
}

self.addEventListener("push", (event) => {
  const call = event.data?.json() ?? {};
  const shown = { body: call.body, tag: "inbox", renotify: true, lang: "vi", data: call.path };
  event.waitUntil(self.registration.showNotification(call.title ?? "Chi bộ", shown));
});

// A press opens the inbox, in a window that is there already if there is one.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data ?? "/inbox", location.origin).href));
});

async function open(address) {
  const [window] = await self.clients.matchAll({ type: "window" });
  return window ? (await window.focus(), window.navigate(address)) : self.clients.openWindow(address);
}
