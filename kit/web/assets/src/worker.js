// The worker answers for the server while there is no network: with the page of a
// room that was opened on this device before, and with the files it needs. What it
// holds is put there by that page (room/store.js) and goes at sign-out. At the inbox it
// shows the calls that somebody has asked for (lib/push.js).
const cache = "chibo-room";
const patience = 4_000; // a page that takes longer comes from the device

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/a/")) event.respondWith(file(request));
  const room = url.pathname.match(/^\/rooms\/[0-9a-f-]{36}(?=$|\/log$|\/minutes(\/read)?$|\/acts\/)/)?.[0];
  if (room && request.mode === "navigate") event.respondWith(page(request, room));
});

async function file(request) {
  return (await kept(request.url)) ?? fetch(request);
}

// page asks the server and falls back to the room as this device has it: the
// script there draws whatever part of it was asked for.
async function page(request, room) {
  const answer = fetch(request).catch(() => null);
  const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, patience))]);
  if (first && first.status < 500) return first;
  return (await kept(room)) ?? (await answer) ?? Response.error();
}

async function kept(address) {
  return (await caches.open(cache)).match(address);
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
