// One desk of a conference. Whoever comes is written down on this device at once, shown,
// and sent when there is a network; what the other desks have written comes back with the
// answer. The list of delegates lies on the device, so that names and codes are known
// without a network. Without this script the forms are posted one by one.
import { desk } from "./desk/database.js";
import { codeIn, index, markOf } from "./desk/find.js";
import { fold, heard } from "./desk/fold.js";
import { scanning } from "./desk/scan.js";
import { show } from "./desk/show.js";
import { forget } from "./lib/forget.js";
import { say } from "./lib/say.js";
import { deskShelf, shelve } from "./lib/shelf.js";
import { uuid7 } from "./room/act.js";

const root = document.getElementById("desk");
const path = root.dataset.desk;
const account = root.dataset.account;
const field = document.getElementById("desk-q");
const words = document.getElementById("desk-words").dataset;
const most = 12; // people a search shows
const pause = 5_000; // between two exchanges with the server
const patience = 10_000; // a request that takes longer is taken for lost
const fresh = 60_000; // age at which the list is asked for again
const atOnce = 400; // events of one request

let kept; // what this device keeps
let events = new Map(); // all that is known here, by id
let waits = new Set(); // ids the server has not answered for
let list = { guests: [], at: 0 };
let people = index([]);
let came = new Map(); // by person
let sending = false;
let over = false; // the device is no desk any more

const onPaper = document.getElementById("desk-paper"); // the list on paper is typed in
const found = () => (onPaper.checked ? "paper" : "name");
const view = show({ mark: (guest) => mark(guest, found()), back, replace, words });
onPaper.closest("label").hidden = false;

begin();

async function begin() {
  name();
  try {
    kept = await desk(path, account);
    const outbox = await kept.waiting();
    waits = new Set(outbox.map(({ id }) => id));
    for (const event of [...(await kept.log()), ...outbox]) events.set(event.id, event);
    const before = await kept.list();
    if (before) take(before);
  } catch {
    say(words.full, 10_000); // no database: the desk works while the page is open
  }
  read();
  const eyes = scanning(scanned, words, root.dataset.reader);
  field.focus();
  await exchange();
  root.dataset.ready = "yes";
  setInterval(exchange, pause);
  window.addEventListener("online", exchange);
  await eyes; // what reads codes has to lie on the shelf too
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js", { scope: "/conferences/" }).then(() => shelve(deskShelf, path)).catch(() => {}); // no room, or no network yet
}

// name keeps the name of this desk over a reload without a network.
function name() {
  const key = `desk:name:${path}`;
  const asked = new URLSearchParams(location.search).get("desk");
  try {
    if (asked) localStorage.setItem(key, asked);
    root.dataset.name = asked ?? localStorage.getItem(key) ?? root.dataset.name;
  } catch {
    root.dataset.name = asked ?? root.dataset.name; // no storage in this browser
  }
  document.querySelector("[data-desk-name]").textContent = root.dataset.name;
}

function take(next) {
  list = next;
  people = index(list.guests);
  view.listed(list);
}

// read folds what is known here and shows it.
function read() {
  const all = fold([...events.values()]);
  came = new Map(all.map((one) => [one.person, one]));
  for (const one of all) if (one.event.replaces) came.set(`for ${one.event.replaces}`, one);
  view.counted(all.length, list.guests.filter(({ due }) => due).length, waits.size);
  view.lately([...events.values()].filter((event) => event.kind === "came" && event.desk === root.dataset.name && standing(event)), list.guests);
  search();
}

const standing = (event) => [...came.values()].some((one) => one.event.id === event.id || one.again.some(({ id }) => id === event.id));

function search() {
  view.found(codeIn(field.value) ? [] : people.find(field.value, most), came);
}

field.addEventListener("input", () => {
  view.hush();
  search();
});
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    view.move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key === "Escape") clear();
});
document.getElementById("desk-search").addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = field.value.trim();
  if (typed === "") return;
  if (codeIn(typed)) return scanned(typed);
  const guest = view.chosen();
  if (guest) return mark(guest, found());
  view.verdict("bad", { says: words.unknown, help: /https?:|\/i/i.test(typed) ? words.keyboard : words.unknown_help });
});

function clear() {
  field.value = "";
  search();
  field.focus();
}

// scanned marks whoever has a code.
async function scanned(text) {
  const code = codeIn(text);
  field.value = "";
  search();
  if (!crypto.subtle) return view.verdict("bad", { says: words.code_no, help: words.unknown_help });
  const guest = code && people.byMark(await markOf(code));
  if (!guest) return view.verdict("bad", { says: words.unknown, help: words.unknown_help });
  await mark(guest, "qr");
}

// mark writes down that somebody of the list has come, unless that is known here.
async function mark(guest, way) {
  const there = came.get(guest.id);
  if (there) return settle(() => view.again(guest, there));
  const event = make({ kind: "came", way, delegate: guest.id });
  if (!(await keep(event))) return;
  const stood = came.get(`for ${guest.id}`);
  const kind = guest.due && !stood ? "ok" : "warn";
  const help = stood ? words.stood_in.replace("{name}", stood.event.name) : guest.due ? "" : words.other_help;
  settle(() => view.verdict(kind, { says: words.ok, guest, event, help }));
}

function settle(told) {
  clear();
  told();
}

const make = (said) => {
  const at = Date.now();
  return { id: uuid7(at), at, desk: root.dataset.name, ...said };
};

// keep writes an event down. What cannot be written on the device is held while the page
// is open, and said.
async function keep(event) {
  try {
    await kept.put(event);
  } catch {
    say(words.full, 10_000);
  }
  events.set(event.id, event);
  waits.add(event.id);
  view.saved("here");
  read();
  exchange();
  return true;
}

// back takes back all that is known here of one person, or one event.
async function back(ids) {
  for (const of of ids) await keep(make({ kind: "back", of }));
  view.verdict("warn", { says: words.back });
  field.focus();
}

// replace opens the form of those who come in somebody's place.
function replace(guest) {
  const form = document.getElementById("desk-replacement");
  form.elements.replaces.value = guest.id;
  form.elements.unit.value = guest.unit;
  const line = [...form.elements.category.options].find(({ text }) => text === guest.line);
  if (line) form.elements.category.value = line.value;
  form.closest("details").open = true;
  form.closest("details").querySelector("[data-whom]").textContent = words.whom.replace("{name}", guest.name).replace("{unit}", guest.unit);
  form.elements.name.focus();
  form.scrollIntoView({ block: "nearest" });
}

for (const [id, way] of [["desk-walkin", "walk_in"], ["desk-replacement", "replacement"]]) {
  const form = document.getElementById(id);
  form.noValidate = false;
  for (const control of [form.elements.name, form.elements.unit, form.elements.category]) control.required = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = Object.fromEntries(["name", "unit", "category"].map((field) => [field, form.elements[field].value.trim()]));
    const replaces = form.elements.replaces?.value;
    if (way === "replacement" && !replaces) return view.verdict("bad", { says: words.whomhelp });
    const made = make({ kind: "came", way, ...said, ...(replaces ? { replaces } : {}) });
    if (!(await keep(made))) return;
    const line = form.elements.category.selectedOptions[0].text;
    form.reset();
    if (form.elements.replaces) form.elements.replaces.value = "";
    form.closest("details").open = false;
    const help = way === "walk_in" && document.getElementById("desk-feedback") ? words.uninvited : "";
    settle(() => view.verdict("ok", { says: words[way], guest: { ...said, line }, event: made, help }));
  });
}

// exchange hands in what waits, and hears what the others have written.
async function exchange() {
  if (sending || over) return;
  sending = true;
  try {
    if (Date.now() - list.at > fresh) await ask();
    do await hand();
    while (waits.size && sending);
  } catch {
    // no network: what is written down waits
  } finally {
    sending = false;
    if (!over) view.waiting(waits.size);
  }
}

// ask takes the list of delegates anew.
async function ask() {
  const answer = await fetch(`${path}/list`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(patience) });
  if (!answer.ok) return;
  const next = await answer.json();
  next.at = Date.now();
  next.until = Date.parse(next.until);
  take(next);
  await kept?.remember(next).catch(() => {});
}

async function hand() {
  const sent = [...waits].slice(0, atOnce).map((id) => events.get(id));
  const after = Math.max(0, ...[...events.values()].map(({ seq }) => seq ?? 0));
  const answer = await fetch(`${path}/events`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json", "Chibo-Account": account },
    body: JSON.stringify({ now: Date.now(), after, events: sent }),
    signal: AbortSignal.timeout?.(patience),
  });
  if ("helps" in root.dataset && (answer.status === 401 || answer.status === 404)) await leave();
  if (answer.status === 401) say(words.sign_in, 10_000);
  if (answer.status === 404) say(words.gone, 10_000);
  if (!answer.ok) throw new Error(String(answer.status));
  const { refused, events: theirs } = await answer.json();
  const news = theirs.map(heard);
  for (const { id, problem } of refused) {
    say(words.refused.replace("{name}", problem), 10_000);
    events.delete(id);
  }
  for (const { id } of sent) waits.delete(id);
  for (const event of news) events.set(event.id, event);
  await kept?.settle(sent, news).catch(() => {});
  view.saved("there");
  read();
}

// leave takes from the device what it kept for a helper whose time is over.
async function leave() {
  over = true;
  await forget();
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = words.over;
  root.replaceChildren(told);
  throw new Error(words.over);
}

document.getElementById("desk-again").hidden = false;
document.getElementById("desk-again").addEventListener("click", () => {
  list.at = 0;
  exchange();
});
