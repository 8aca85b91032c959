// The projector and the phone of a member: what the server shows is put into the
// page; what it no longer answers for is covered.
import { wind } from "./lib/clock.js";
import { live } from "./lib/live.js";

const root = document.querySelector("[data-live]");
const picture = document.getElementById("picture");
const line = document.getElementById("lost");
const phone = root.dataset.again !== undefined;
const late = Date.now() - Number(root.dataset.now); // our clock against that of the server
const look = 20_000; // how often a phone that is not on the roll yet reads again
const spread = 1_500; // within which phones read again, so that not all do at once

live(root.dataset.live, {
  state: phone ? () => setTimeout(() => read().catch(() => {}), Math.random() * spread) : show,
  poll: read,
  lost(time) {
    const clock = time.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
    line.textContent = line.dataset.words.replace("{time}", clock);
    line.hidden = false;
    document.documentElement.classList.add("stale");
  },
  found() {
    line.hidden = true;
    document.documentElement.classList.remove("stale");
  },
});

async function read() {
  const answer = await fetch(root.dataset.page, { headers: { "HX-Request": "true" }, redirect: "error", signal: AbortSignal.timeout?.(8_000) });
  if (answer.status === 401 || answer.status === 404) location.reload(); // the right to look has ended
  if (!answer.ok) return false;
  await show(await answer.text());
  return true;
}

async function show(text) {
  for (const part of picture.querySelectorAll("details[open]")) part.setAttribute("hx-morph-skip", "");
  await window.htmx.swap({ sourceElement: picture, target: picture, swap: "innerMorph", text, request: {}, response: {}, hx: {} });
  tick();
}

// tick winds on the clocks by the time of the server.
function tick() {
  const now = Date.now() - late;
  for (const span of document.querySelectorAll("[data-clock]")) {
    span.textContent = new Date(now).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  }
  for (const span of document.querySelectorAll("[data-since]")) {
    wind(span, Math.max(0, Math.floor((now - Number(span.dataset.since)) / 1000)));
  }
  for (const code of document.querySelectorAll("[data-until]")) code.classList.toggle("old", now >= Number(code.dataset.until));
}

tick();
setInterval(tick, 1000);

// The way back shows while the mouse moves and a little longer.
let still = 0;
addEventListener("pointermove", () => {
  document.documentElement.classList.add("moved");
  clearTimeout(still);
  still = setTimeout(() => document.documentElement.classList.remove("moved"), 4_000);
});

// The stream does not say who was marked, or each mark would make every phone read
// again: a phone that waits for its own mark looks for it.
if (phone) setInterval(() => document.visibilityState !== "hidden" && picture.querySelector("[data-waits]") && read().catch(() => {}), look);

document.addEventListener("keydown", (event) => {
  if (phone || event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
});
