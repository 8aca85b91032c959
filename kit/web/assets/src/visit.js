// The sheet of a visit on this device. A remark is written down here at once, shown, and
// sent when there is a network; its id is made here, so that sending it twice is the
// same as once. What waits is kept apart by person and visit and survives a reload, a
// dead battery and sign-out. Without this script the forms are posted one by one.
import { say } from "./lib/say.js";
import { shelve, visitShelf } from "./lib/shelf.js";
import { uuid7 } from "./room/act.js";

const root = document.getElementById("visit");
const path = root.dataset.visit;
const box = `visit:${root.dataset.account}:${path}`;
const line = document.getElementById("visit-kept");
const pattern = document.getElementById("visit-pending").content.firstElementChild;
const patience = 10_000; // a request that takes longer is taken for lost
const pause = 10_000; // between two tries

let sending = false;

root.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-head]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  if (!form.reportValidity()) return;
  keep(form);
});
window.addEventListener("online", flush);
setInterval(flush, pause);
for (const form of root.querySelectorAll("form[data-head]")) require(form);
draw();
flush();
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js", { scope: "/visits/" }).then(store, () => {});

// require lets the browser ask for what the server would ask for, so that nothing waits
// on the device only to be refused.
function require(form) {
  form.noValidate = false;
  const { remedy, due, mark } = form.elements;
  for (const control of [form.elements.text, mark[0]]) control.required = true;
  form.addEventListener("input", () => {
    due.required = remedy.value.trim() !== "";
    remedy.required = due.value !== "";
    if (due.required || remedy.required) form.querySelector("details").open = true;
  });
}

// store puts the sheet and the page to be read before it on the shelf.
async function store() {
  for (const page of ["sheet", "before"]) await shelve(visitShelf, `${path}/${page}`).catch(() => {}); // no room: the page still works while it is open
}

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(box)) ?? [];
  } catch {
    return []; // no storage in this browser
  }
}

// write keeps what waits; false: the device is full or forbids it.
function write(all) {
  try {
    if (all.length) localStorage.setItem(box, JSON.stringify(all));
    else localStorage.removeItem(box);
    return true;
  } catch {
    say(line.dataset.full, 10_000);
    return false;
  }
}

function keep(form) {
  const { press, ...fields } = Object.fromEntries(new FormData(form)); // a remark has an id of its own
  const at = Date.now();
  const remark = { ...fields, id: uuid7(at), at };
  if (!write([...waiting(), remark])) return form.submit(); // the server may still take it
  form.reset();
  form.dispatchEvent(new Event("input", { bubbles: true })); // its draft is settled
  draw();
  flush();
}

// draw shows what waits under what the server has.
function draw() {
  const all = waiting();
  for (const list of root.querySelectorAll("[data-pending]")) {
    list.replaceChildren(...all.filter((remark) => remark.head === list.dataset.pending).map(item));
  }
  const waits = all.filter((remark) => !remark.problem).length;
  line.textContent = waits ? line.dataset.waiting.replace("{n}", waits) : line.dataset.sent;
  line.hidden = !all.length && line.hidden;
  document.getElementById("visit-finish").toggleAttribute("aria-disabled", all.length > 0);
}

document.getElementById("visit-finish").addEventListener("click", (event) => {
  if (!waiting().length) return;
  event.preventDefault();
  say(line.textContent, 6_000);
  line.scrollIntoView({ block: "center" });
});

function item(remark) {
  const li = pattern.cloneNode(true);
  const form = root.querySelector(`form[data-head="${remark.head}"]`);
  li.querySelector(".tag").textContent = form.querySelector(`[name=mark][value="${remark.mark}"]`)?.closest("label").textContent ?? "";
  li.querySelector("[data-text]").textContent = remark.text;
  const remedy = li.querySelector("[data-remedy]");
  remedy.hidden = !remark.remedy;
  remedy.querySelector("span").textContent = remark.remedy;
  remedy.querySelector("small").textContent = remark.due.split("-").reverse().join("/");
  const state = li.querySelector("[data-state]");
  state.textContent = remark.problem ?? state.dataset.waits;
  li.querySelector("button").addEventListener("click", () => back(form, remark));
  return li;
}

// back puts a remark that was not sent into its form again.
function back(form, remark) {
  if (!write(waiting().filter((other) => other.id !== remark.id))) return;
  for (const name of ["text", "remedy", "due"]) form.elements[name].value = remark[name];
  form.elements.mark.value = remark.mark;
  form.querySelector("details").open = Boolean(remark.remedy);
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.text.focus();
  draw();
}

async function flush() {
  const all = waiting().filter((remark) => !remark.problem);
  if (sending || !all.length) return;
  sending = true;
  try {
    const answer = await fetch(`${path}/remarks`, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "Chibo-Account": root.dataset.account },
      body: JSON.stringify(all.map(({ due, problem, ...rest }) => (due ? { ...rest, due } : rest))),
      signal: AbortSignal.timeout?.(patience),
    });
    if (answer.status === 401) say(line.dataset.signin, 10_000);
    if (answer.ok) await settle(await answer.json());
  } catch {
    // no network: what is written down waits
  } finally {
    sending = false;
  }
}

// settle drops what the server took, says what is wrong with the rest, and shows the
// sheet as the server has it.
async function settle(answers) {
  const problems = new Map(answers.map(({ id, problem }) => [id, problem]));
  const left = waiting().filter(({ id }) => !problems.has(id) || problems.get(id));
  write(left.map((remark) => (problems.get(remark.id) ? { ...remark, problem: problems.get(remark.id) } : remark)));
  line.hidden = false;
  const page = await fetch(`${path}/sheet`, { signal: AbortSignal.timeout?.(patience) });
  if (page.ok && !page.redirected) {
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    for (const list of root.querySelectorAll("[data-remarks]")) {
      list.replaceChildren(...(fresh.querySelector(`[data-remarks="${list.dataset.remarks}"]`)?.childNodes ?? []));
    }
  }
  draw();
  store();
}
