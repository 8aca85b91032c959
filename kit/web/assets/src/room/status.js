// The two honest lines: when this device wrote something down, and when the server
// last took it. They may make the head of the room higher: not under a finger.
import { lifted } from "./touch.js";

const line = () => document.getElementById("room-saved");
const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

// mark says that something was written "here", or taken "there", now.
export async function mark(where) {
  if (where === "there") wait = shortest;
  const words = line().dataset[where].replace("{time}", clock());
  await lifted();
  line().querySelector(`.${where}`).textContent = words;
}

// waiting says how many acts are written down here alone.
export async function waiting(n) {
  await lifted();
  const words = n && !navigator.onLine ? line().dataset.offline : "";
  line().querySelector(".waiting").textContent = n ? [words, line().dataset.waiting.replace("{n}", n)].filter(Boolean).join(" · ") : "";
  line().classList.toggle("behind", n > 0);
}

const shortest = 2_000;
const longest = 30_000;
let wait = shortest;
let timer = 0;

// later tries again, more and more patiently.
export function later(flush) {
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
  wait = Math.min(2 * wait, longest);
}
