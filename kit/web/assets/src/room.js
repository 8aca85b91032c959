// The room on this device. Every form of the room becomes an act that is written
// down here first and sent then. What follows from it is worked out and drawn here
// too, by the rules of the server compiled for the browser, so that an evening
// needs no network. A browser that cannot run them asks the server for the page
// after every answer; without this script the same forms are posted one by one.
import { forget } from "./lib/forget.js";
import { live } from "./lib/live.js";
import { roomShelf, shelve } from "./lib/shelf.js";
import { actOf, kindOf, unread, uuid7 } from "./room/act.js";
import { device } from "./room/device.js";
import { place as focused } from "./room/focus.js";
import { accepted, fold, refilling, refused } from "./room/forms.js";
import { clocks, phrases, reveal, sheets, sums, tabs } from "./room/keys.js";
import { finding, picks } from "./room/names.js";
import { self } from "./room/self.js";
import { batches, sendActs, sendPhoto } from "./room/send.js";
import { finder } from "./room/roll.js";
import { session } from "./room/session.js";
import { say } from "./lib/say.js";
import { uncover } from "./lib/uncover.js";
import { later, mark, waiting } from "./room/status.js";
import { store } from "./room/store.js";
import { anchor, lifted } from "./room/touch.js";

const patience = 2_500; // after that a form is free again: its act is written down
const glance = 2_000; // how long a press waits to see whether the server is there
const pause = 10_000; // between two looks at what others have written

const room = () => document.getElementById("room");
const meeting = room().dataset.room;
const base = `/rooms/${meeting}`;
const kept = store(meeting, () => room().dataset.account, () => say(room().dataset.blocked, 60_000));
const open = new Map(); // forms that wait for the answer to their act, by act
const pictures = new Map(); // addresses of photographs that are not sent yet, by act
const entered = new Map(); // acts made on this page that the server has not told yet
const writing = new Set(); // identities of acts that are on their way into the storage

let own = null; // the program of the room, once it runs
let reached = true; // whether the server answered last time
let told = 0; // how many acts the page says to wait
let refusals = 0; // acts that the server did not take
let drawn = false; // whether the server has drawn just what the program of the room would draw first
let known = 0; // number of the last act of the server that is known here

document.addEventListener("submit", submit);
document.addEventListener("click", follow);
window.addEventListener("popstate", () => own && draw());
window.addEventListener("online", news);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && news());
if (room().dataset.live) live(room().dataset.live, { state: heard });
setInterval(() => document.visibilityState === "visible" && news(), pause);

phrases(document);
refilling(document, meeting);
sums(document);
sheets(document);
finding(document);
picks(document);
const place = tabs(document);
clocks(document);
finder(document, () => (own ? draw() : refresh()));
session(resume);
for (const line of document.querySelectorAll("details .kept")) line.closest("details").open = true;
begin();

// begin starts the program of the room with what the server says, or without a
// network with what this device remembers.
async function begin() {
  const told = hear(); // while the program is fetched and compiled
  const program = await device(room().dataset.device, ended);
  if (program && (await learn(program, told))) {
    own = program;
    document.documentElement.dataset.device = "ready";
    if (!drawn) await draw();
  }
  flush();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js", { scope: "/rooms/" }).catch(() => {});
}

// ended goes on without the program of the room, where a fault has ended it: what was
// entered is written down, and the server draws the page.
function ended() {
  own = null;
  delete document.documentElement.dataset.device;
  refresh();
}

// learn puts the meeting into the program: what the server has, then what is
// written down here alone. False: neither is to be had.
async function learn(program, told = hear()) {
  const answer = await told;
  if (answer === false) return false;
  if (answer) shelve(roomShelf, base).catch(() => {}); // no room for it: the page still works while it is open
  // While the server was asked, acts may have gone from the outbox to the log, and
  // others may have been made: first the one is read, then the other.
  const outbox = await kept.all();
  tell();
  const scene = (await kept.recall()) ?? answer;
  if (!scene || program.scene(JSON.stringify({ ...scene, device: self }))) return false;
  known = numbered(scene.acts ?? []);
  const mine = [...outbox, ...entered.values()];
  for (const act of mine) program.keep(JSON.stringify(plain(act)));
  drawn = !!answer && mine.length === 0 && known === Number(room().dataset.seen) && location.pathname + location.search === base;
  return true;
}

// hear asks the server for the scene of the room and remembers it; null without an answer,
// false where somebody else has signed in.
async function hear() {
  const scene = await ask(`${base}/device`);
  if (!scene) return null;
  if (someoneElse(scene)) return false;
  const { acts, ...rest } = scene;
  await kept.remember(rest);
  await kept.learn(acts ?? []);
  return scene;
}

// numbered is the highest number up to which the acts have no gap.
function numbered(acts) {
  const numbers = new Set(acts.map((act) => act.seq));
  let n = 0;
  while (numbers.has(n + 1)) n++;
  return n;
}

// someoneElse loads the page anew where another person has signed in on this device:
// nobody's acts go out under another name. What the first one has written down
// waits for him.
function someoneElse(scene) {
  if (scene.account === room().dataset.account) return false;
  location.reload();
  return true;
}

// resume goes on after somebody has signed in again.
async function resume() {
  const scene = await ask(`${base}/device`);
  if (scene && !someoneElse(scene)) news();
}

// plain is an act without what only this device adds to it.
function plain({ account, photo, ...act }) {
  if (photo && !pictures.has(act.id)) pictures.set(act.id, URL.createObjectURL(photo.file));
  return act;
}

// ask fetches JSON; null where the server does not give it. A session that has
// ended is no matter as long as there is nothing to send.
async function ask(address, patience = pause) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(patience) });
    reached = answer.status < 500;
    if (room().dataset.duty && [401, 404].includes(answer.status)) out();
    return answer.ok ? await answer.json() : null;
  } catch {
    reached = false;
    return null;
  }
}

// out tells a helper that their time is over. What is not sent yet stays on the device;
// what it was told goes.
async function out() {
  session.ask();
  if ((await kept.all()).length === 0) await forget();
}

// heard is news of the stream: it also says that somebody has voted.
function heard() {
  document.body.dispatchEvent(new Event("room-news"));
  news();
}

// news takes in what others have written, and sends what is written down here.
async function news() {
  if (!own) {
    if (open.size === 0) await refresh();
    return flush();
  }
  const acts = (await ask(`${base}/acts?after=${known}`)) ?? [];
  if (acts.length) {
    known = acts[acts.length - 1].seq;
    for (const act of acts) entered.delete(act.id);
    await kept.learn(acts);
    // At the opening the server has frozen what was known: begin anew from that.
    if (acts.some((act) => act.kind === "open")) await learn(own);
    else own.take(JSON.stringify(acts));
    await draw();
  }
  flush();
}

async function submit(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  const photo = form.dataset.upload !== undefined;
  const kind = photo ? "photo" : kindOf(form, meeting);
  if (!kind) return needsServer(event, form);
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const fields = Object.entries(unread(form)).map(([name, what]) => [name, room().dataset[what]]);
  if (fields.length) return refused(null, { message: room().dataset.wrong, fields: Object.fromEntries(fields) }, form);
  const made = photo ? photograph(form) : actOf(kind, form, event.submitter, meeting, JSON.parse(room().dataset.types));
  const act = { ...made, device: self, seen: Number(room().dataset.seen) };
  if (own) {
    const problem = own.enter(JSON.stringify(plain(act)));
    if (problem) return refused(act, JSON.parse(problem), form);
    entered.set(act.id, act);
    fold(form); // with the press, not under the next one
  }
  writing.add(act.id);
  waiting(told + 1); // before anybody sees it drawn
  if (await kept.put(act)) mark("here");
  else say(room().dataset.full, 15_000);
  writing.delete(act.id);
  tell();
  await lifted();
  if (own) {
    accepted(form);
    if (form.closest(".room-inside")) history.pushState(null, "", form.dataset.then ?? base);
    await draw();
  } else {
    open.set(act.id, form);
    setTimeout(() => release(act.id), patience);
  }
  flush();
}

// unsent counts the acts that are written down here alone, and those that are being
// written down while it looks.
async function unsent() {
  const before = [...writing];
  const acts = await kept.all();
  return new Set([...before, ...acts.map((act) => act.id), ...writing]).size;
}

// tell says how many acts the server does not have yet.
async function tell() {
  told = await unsent();
  waiting(told);
}

// needsServer sends a form that only the server can answer when the server is there;
// else what was typed stays.
async function needsServer(event, form) {
  if (!form.dataset.online) return;
  event.preventDefault();
  await ask(`${base}/acts?after=${known}`, glance);
  if (reached) form.submit();
  else say(form.dataset.online, 15_000);
}

// photograph is the act of a picture; the file travels beside it.
function photograph(form) {
  const at = Date.now();
  const id = uuid7(at);
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const body = { file: `local:${id}`, caption: fields.caption ?? "", item: fields.item ?? "" };
  return { id, meeting, kind: "photo", at, body, photo: { file: form.elements.file.files[0], fields } };
}

// release frees a form whose act is written down but not answered yet.
async function release(id) {
  await lifted();
  const form = open.get(id);
  open.delete(id);
  if (form) done(form);
}

// done is what an answered form becomes where the server draws the page.
function done(form) {
  const keep = anchor();
  accepted(form);
  fold(form);
  keep();
}

let running = null;
let again = false;

// flush sends what is written down, in its order, until nothing is left or the
// server does not answer. What was written down before it was called has been tried
// when its promise holds.
function flush() {
  again = true;
  running ??= turns().finally(() => (running = null));
  return running;
}

async function turns() {
  while (again) {
    again = false;
    await send();
  }
}

async function send() {
  const acts = await kept.all();
  tell();
  if (!acts.length) return;
  for (const batch of batches(acts)) {
    const answers = batch[0].photo ? await sendPhoto(base, room().dataset.account, batch[0]) : await sendActs(base, room().dataset.account, batch);
    reached = Array.isArray(answers) || (answers > 0 && answers < 500);
    if (!Array.isArray(answers)) {
      if (answers === 401) session.ask();
      else later(flush);
      return;
    }
    for (const [n, answer] of answers.entries()) await settle(batch[n], answer);
    mark("there");
  }
  tell();
  if (own) await news();
  else await refresh();
}

async function settle(act, answer) {
  if (answer.error) await kept.refuse(act.id);
  else await kept.settle(act, answer.seq);
  await lifted();
  const form = open.get(act.id);
  open.delete(act.id);
  if (!answer.error) {
    if (form) done(form);
    return;
  }
  refusals++;
  entered.delete(act.id);
  if (own) {
    own.drop(act.id);
    await draw();
  }
  refused(act, answer.error, form);
}

// follow draws the pages of the room here instead of asking for them. The minutes are
// a page of the server, which must know first what they are composed of.
async function follow(event) {
  const link = event.target.closest?.("#room a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  const to = new URL(link.href);
  if (to.pathname === `/meetings/${meeting}/minutes`) {
    event.preventDefault();
    await ask(`${base}/acts?after=${known}`, glance);
    if (reached && !(await deliver())) return;
    if (reached || !own) return location.assign(to);
    to.pathname = `${base}/minutes`; // until the server is back
  }
  if (!own) return;
  const within = to.pathname === base || ["/acts/", "/log", "/minutes"].some((page) => to.pathname.startsWith(base + page));
  if (!within || (to.pathname === location.pathname && to.search === location.search)) return;
  event.preventDefault();
  history.pushState(null, "", to);
  await draw();
  const target = to.hash && document.getElementById(to.hash.slice(1));
  if (target) {
    reveal(target);
    target.scrollIntoView({ block: "start" });
  } else scrollTo(0, 0);
}

// deliver sends what waits. False: something on this page wants an answer before it is
// left, be it what the server has refused or the window to sign in again.
async function deliver() {
  if ((await unsent()) === 0) return true;
  const before = refusals;
  say(room().dataset.sending, patience);
  await flush();
  return refusals === before && !session.asks();
}

// draw shows the room as this device knows it.
async function draw() {
  const text = own.draw(location.pathname, location.search);
  if (text) await show(text);
  for (const image of room().querySelectorAll("img[data-local]")) {
    const picture = pictures.get(image.dataset.local);
    if (picture && image.src !== picture) image.src = picture;
  }
}

// refresh fetches the room as the server has it, where this browser cannot draw it
// itself.
async function refresh() {
  const text = await fragment();
  if (!text) return;
  await lifted();
  const account = room().dataset.account;
  await show(text);
  if (room().dataset.account !== account) location.reload();
}

// show puts a room into the page. Forms that somebody is writing in are left
// alone, and what was pressed stays where it is.
async function show(text) {
  await lifted();
  const keep = anchor();
  const back = focused();
  for (const part of room().querySelectorAll("details, form")) {
    part.toggleAttribute("hx-morph-skip", part.open === true || touched(part));
  }
  await window.htmx.swap({ sourceElement: room(), target: room(), swap: "outerMorph", text, request: {}, response: {}, hx: {} });
  picks(document);
  place();
  back();
  keep();
  uncover();
}

async function fragment() {
  try {
    const response = await fetch(location.pathname + location.search, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout?.(pause) });
    if (response.status === 401) session.ask();
    return response.ok ? await response.text() : "";
  } catch {
    return "";
  }
}

// touched reports whether a form is in use: it has the focus, says why it was refused, or
// holds something that was typed.
function touched(part) {
  if (part.querySelector(".problems")) return true;
  if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some((control) =>
    ["checkbox", "radio"].includes(control.type)
      ? control.checked !== control.defaultChecked
      : control.type !== "hidden" && control.tagName !== "SELECT" && control.value !== control.defaultValue,
  );
}
