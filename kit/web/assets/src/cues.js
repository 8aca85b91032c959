// The cards of the master of ceremonies: one at a time, by key, thumb or button, with a
// clock from the moment at which the sitting was started on this device. Card and start
// survive a reload; the page itself opens without a network once it was opened with one.
import { cueShelf, shelve } from "./lib/shelf.js";

const root = document.getElementById("cues");
const path = root.dataset.cues;
const box = `cues:${path}`;
const cards = [...root.querySelectorAll(".cue")];
const clock = document.getElementById("cues-clock");
const said = document.getElementById("cues-said");
const start = document.getElementById("cues-start");
const reach = 60; // how far a thumb goes, in points of the screen

// What is kept: the card, and when the first and this one began, in milliseconds.
let state = { card: 0, started: 0, turned: 0 };
try {
  state = { ...state, ...JSON.parse(localStorage.getItem(box)) };
} catch {
  // nothing kept, or no storage in this browser
}

// before is how many minutes are planned before each card.
let sum = 0;
const before = cards.map((card) => {
  const at = sum;
  sum += Number(card.dataset.minutes);
  return at;
});

root.querySelector(".cues-foot").hidden = false;
document.getElementById("cues-next").addEventListener("click", () => turn(1));
document.getElementById("cues-previous").addEventListener("click", () => turn(-1));
start.addEventListener("click", () => {
  state.started = state.turned = Date.now();
  keep();
});
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (target.closest("button, a, dialog")) return;
  if (key === " " || key === "PageDown") turn(1);
  else if (key === "PageUp") turn(-1);
  else return;
  event.preventDefault();
});

let from = null;
root.addEventListener("touchstart", ({ touches }) => (from = touches.length === 1 ? { x: touches[0].clientX, y: touches[0].clientY } : null), { passive: true });
root.addEventListener("touchend", ({ changedTouches: [to] }) => {
  const across = from ? to.clientX - from.x : 0;
  if (Math.abs(across) > reach && Math.abs(across) > 2 * Math.abs(to.clientY - from.y)) turn(across < 0 ? 1 : -1);
  from = null;
});

function turn(by) {
  const to = Math.min(Math.max(state.card + by, 0), cards.length - 1);
  if (to === state.card) return;
  state.card = to;
  state.turned = Date.now();
  keep();
  said.textContent = cards[to].getAttribute("aria-label");
  scrollTo(0, 0);
}

function keep() {
  try {
    localStorage.setItem(box, JSON.stringify(state));
  } catch {
    // the cards still turn
  }
  draw();
}

function draw() {
  state.card = Math.min(state.card, cards.length - 1);
  cards.forEach((card, n) => card.classList.toggle("off", n !== state.card));
  document.getElementById("cues-previous").disabled = state.card === 0;
  document.getElementById("cues-next").disabled = state.card === cards.length - 1;
  start.hidden = Boolean(state.started);
  tick();
}

// tick shows how long this card has lasted of what was planned, and how late all is.
function tick() {
  if (!state.started) return void (clock.textContent = "");
  const planned = Number(cards[state.card].dataset.minutes) * 60;
  const spent = Math.floor((Date.now() - state.turned) / 1000);
  const over = planned > 0 && spent > planned;
  const late = Math.floor((state.turned - state.started) / 60_000) - before[state.card];
  const words = over ? clock.dataset.over.replace("{n}", minutes(spent - planned)) : clock.dataset.plan.replace("{n}", minutes(spent)).replace("{of}", minutes(planned));
  clock.textContent = words + (late > 0 ? ` · ${clock.dataset.behind.replace("{n}", late)}` : "");
  clock.classList.toggle("over", over);
}

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

draw();
setInterval(tick, 1_000);
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js", { scope: "/conferences/" }).then(() => shelve(cueShelf, path)).catch(() => {}); // no room, or no network yet
