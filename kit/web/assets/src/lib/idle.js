// idling ends the session on a device that several people use (data-shared) when nobody
// has touched it for five minutes, in any of its tabs: what stands on the page goes, so
// that the next person who holds the device reads nothing of it.
import { leave } from "./forget.js";

const most = 5 * 60_000;
const glance = 2_000;
const mark = "used"; // when a tab of this device was last touched

export function idling(root) {
  if (root.documentElement.dataset.shared === undefined) return;
  for (const sign of ["pointerdown", "keydown", "wheel", "touchmove"]) root.addEventListener(sign, touch, { capture: true, passive: true });
  touch();
  const clock = setInterval(() => {
    if (Date.now() - touched() < most) return;
    clearInterval(clock);
    goOut(root);
  }, glance);
}

let last = 0;

function touch() {
  if (Date.now() - last < glance) return;
  last = Date.now();
  try {
    localStorage.setItem(mark, last);
  } catch {
    // no storage: every tab counts for itself
  }
}

function touched() {
  try {
    return Math.max(last, Number(localStorage.getItem(mark) ?? 0));
  } catch {
    return last;
  }
}

async function goOut(root) {
  root.body.replaceChildren();
  const body = await leave();
  try {
    await fetch("/sign-out", { method: "POST", body });
  } catch {
    // no network: the session ends by itself (account.Lives)
  }
  location.replace("/sign-in");
}
