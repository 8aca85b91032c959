// pushing answers the form data-push="public key" of the inbox: after a press, and
// never before, it asks the browser for permission to call this device, and sends the
// address that the browser gives. Where the browser can do it, the button takes the
// place of the line data-push-cannot.
import { say } from "./say.js";

// The worker of the inbox is the one of the room, with a place of its own: it is
// there as soon as somebody asks to be called, whether they open a room or not.
const scope = "/inbox";
const patience = 30_000; // a push service that cannot be reached says nothing

export function pushing(root) {
  const form = root.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  form.querySelector("button").hidden = false;
  form.querySelector("[data-push-cannot]").hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return; // filled below: on its way
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      if ((await Notification.requestPermission()) !== "granted") return say(form.dataset.pushRefused, 8_000);
      fill(form, await within(patience, subscribe(form.dataset.push)));
      form.requestSubmit();
    } catch {
      say(form.dataset.pushFailed, 8_000);
    }
  }, true);
}

async function subscribe(key) {
  await navigator.serviceWorker.register("/worker.js", { scope });
  const registration = await ready();
  const old = await registration.pushManager.getSubscription();
  if (old) await old.unsubscribe(); // it may have been made with other keys
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function within(milliseconds, promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(reject, milliseconds))]);
}

// ready waits until the worker of this place can be subscribed with.
async function ready() {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return registration;
  await new Promise((resolve) => worker.addEventListener("statechange", () => worker.state === "activated" && resolve()));
  return registration;
}

function fill(form, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
}

// silence ends the calls on this device, as when somebody signs out of it: the push
// service forgets the address, and the program drops it when it next calls.
export async function silence() {
  const registration = await navigator.serviceWorker?.getRegistration(scope);
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
