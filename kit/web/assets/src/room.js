// The room on this device. Every form of the room becomes an act that is written
// down here first and sent then; the server's page is fetched again after every
// answer. Without this script the same forms are posted and answered one by one.
import { actOf, kindOf } from "./room/act.js";
import { clocks, phrases, sums, tabs } from "./room/keys.js";
import { anchor, lifted } from "./room/touch.js";
import { outbox } from "./room/outbox.js";
import { accepted, refilling, refused } from "./room/forms.js";
import { later, mark, waiting } from "./room/status.js";
import { session } from "./room/session.js";

const patience = 2_500; // after that a form is free again: its act is written down
const longest = 10_000; // a request that takes longer is taken for lost
const most = 100; // acts of one request

const room = () => document.getElementById("room");
const meeting = room().dataset.room;
const address = `/rooms/${meeting}/acts`;
const box = outbox(meeting, () => room().dataset.account);
const open = new Map(); // forms that wait for the answer to their act, by act

document.addEventListener("submit", submit);
window.addEventListener("online", flush);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());

phrases(document);
refilling(document, meeting);
sums(document);
const place = tabs(document);
clocks(document);
session(resume);
for (const line of document.querySelectorAll("details .kept")) line.closest("details").open = true;
flush();

async function submit(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.upload) return upload(event, form);
  const kind = kindOf(form, meeting);
  if (!kind) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const types = JSON.parse(room().dataset.types);
  const act = actOf(kind, form, event.submitter, meeting, types);
  await box.put(act);
  mark("here");
  open.set(act.id, form);
  setTimeout(() => release(act.id), patience);
  flush();
}

// release frees a form whose act is written down but not answered yet.
function release(id) {
  const form = open.get(id);
  if (!form) return;
  open.delete(id);
  accepted(form);
}

let running = null;
let again = false;

// flush sends what is written down, in its order, until nothing is left or the
// server does not answer.
function flush() {
  if (running) {
    again = true;
    return running;
  }
  running = send().finally(() => {
    running = null;
    if (again) {
      again = false;
      flush();
    }
  });
  return running;
}

async function send() {
  const acts = (await box.all()).slice(0, most);
  if (!acts.length) return waiting(0);
  const response = await post(acts);
  if (!response?.ok) {
    waiting(acts.length);
    if (response?.status === 401) session.ask();
    else later(flush);
    return;
  }
  const answers = await response.json();
  for (const [n, answer] of answers.entries()) await settle(acts[n], answer);
  mark("there");
  waiting((await box.all()).length);
  await refresh();
  if ((await box.all()).length) again = true;
}

async function post(acts) {
  const body = JSON.stringify(acts.map(({ account, ...act }) => act));
  try {
    return await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      signal: deadline(),
    });
  } catch {
    return null; // no network: what is written down waits
  }
}

function deadline() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), longest);
  return stop.signal;
}

async function settle(act, answer) {
  await box.remove(act.id);
  const form = open.get(act.id);
  open.delete(act.id);
  if (answer.error) refused(act, answer.error, form);
  else if (form) accepted(form);
}

// refresh fetches the room as the server has it. Forms that somebody is writing in
// are left alone. Where somebody else has signed in, the page is loaded anew, so
// that nobody's acts go out under another name.
async function refresh() {
  const text = await fragment();
  if (!text) return;
  await lifted();
  const account = room().dataset.account;
  const keep = anchor();
  for (const part of room().querySelectorAll("details, form")) {
    part.toggleAttribute("hx-morph-skip", part.open === true || touched(part));
  }
  await window.htmx.swap({ sourceElement: room(), target: room(), swap: "outerMorph", text, request: {}, response: {}, hx: {} });
  place();
  keep();
  if (room().dataset.account !== account) location.reload();
}

async function fragment() {
  try {
    const response = await fetch(location.pathname + location.search, { headers: { "HX-Request": "true" }, signal: deadline() });
    if (response.status === 401) session.ask();
    return response.ok ? await response.text() : "";
  } catch {
    return "";
  }
}

// touched reports whether a form is in use: it has the focus, or holds something
// that was typed.
function touched(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some((control) =>
    ["checkbox", "radio"].includes(control.type)
      ? control.checked !== control.defaultChecked
      : control.type !== "hidden" && control.tagName !== "SELECT" && control.value !== control.defaultValue,
  );
}

// resume goes on after somebody has signed in again.
async function resume() {
  await refresh();
  flush();
}

async function upload(event, form) {
  event.preventDefault();
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (response.status === 401) session.ask();
    else if (response.ok) accepted(form);
    else refused(null, await response.json(), form);
    if (response.ok) await refresh();
  } catch {
    refused(null, { message: form.dataset.upload }, form);
  } finally {
    form.removeAttribute("aria-busy");
  }
}
