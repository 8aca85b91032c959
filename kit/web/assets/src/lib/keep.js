// drafts keeps what is typed into a form data-keep="name" on this device until
// the server has it: a closed tab, a reload, a dead battery, a lost network or an
// expired session loses nothing.
//
// A draft is { fields, sent, at }. Sending marks it sent. The next page that is no
// refusal and no sign-in page shows that the server has it, and it is dropped; a
// refusal takes the mark away. A form that htmx sends is settled by its answer. The
// form says in its own words that a draft came back (data-kept) and offers to drop
// it (data-kept-drop). Drafts are kept apart by person (data-who of the page),
// dropped when the person signs out, and after two months.
import { say } from "./say.js";

const prefix = "draft:";
const silent = ["password", "file", "hidden", "submit", "button"];

const oldest = 60 * 24 * 3600 * 1000;

export function drafts(root) {
  settle(root);
  restoreAll(root);

  root.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form) keep(form, false);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("[data-keep]")) keep(form, true);
  });
  root.addEventListener("htmx:after:request", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form && event.detail.ctx.response?.status < 400) drop(key(form));
  });
  root.addEventListener("htmx:after:swap", () => restoreAll(root));
}

// keep writes down what stands in the form; a form that holds nothing new needs no
// draft.
function keep(form, sent) {
  if (!sent && pristine(form)) drop(key(form));
  else write(form, { fields: fields(form), sent, at: Date.now() });
}

// pristine says that every control stands as the server sent it, and that the
// server did not send back what it refused.
function pristine(form) {
  if (form.querySelector("[data-problems]")) return false;
  return controls(form).every((control) => {
    if (["checkbox", "radio"].includes(control.type)) return control.checked === control.defaultChecked;
    if (control.options) return [...control.options].every((o, i) => o.selected === o.defaultSelected || byItself(control, i));
    return control.value === control.defaultValue;
  });
}

// byItself says that a list shows its first option because none is chosen.
function byItself(list, i) {
  return i === 0 && list.selectedIndex === 0 && ![...list.options].some((o) => o.defaultSelected);
}

function restoreAll(root) {
  for (const form of root.querySelectorAll("form[data-keep]:not([data-restored])")) {
    form.dataset.restored = "";
    restore(form);
  }
}

const who = () => prefix + (document.documentElement.dataset.who ?? "") + ":";
const key = (form) => who() + form.dataset.keep;

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null; // no storage in this browser, or not ours
  }
}

function write(form, draft) {
  try {
    localStorage.setItem(key(form), JSON.stringify(draft));
  } catch {
    if (!form.dataset.unkept && form.dataset.keepFull) say(form.dataset.keepFull, 10_000);
    form.dataset.unkept = "yes"; // say it once: the device is full or forbids it
  }
}

function drop(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // no storage in this browser: nothing to drop
  }
}

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(who()));
  } catch {
    return [];
  }
}

// forgetDrafts drops the drafts of whoever is going.
export function forgetDrafts() {
  for (const name of names()) drop(name);
}

// othersDrafts reports whether somebody else has drafts on this device.
export function othersDrafts() {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(prefix) && !name.startsWith(who()));
  } catch {
    return false;
  }
}

// settle decides, by the page that answered, what became of drafts that were sent.
function settle(root) {
  const refused = root.querySelector(".failure, [data-problems]") || asksToSignIn(root);
  for (const name of names()) {
    const draft = read(name);
    if (!draft || Date.now() - draft.at > oldest) drop(name);
    if (!draft?.sent) continue;
    if (refused) localStorage.setItem(name, JSON.stringify({ ...draft, sent: false }));
    else drop(name);
  }
}

// asksToSignIn tells the sign-in page from one that can ask in a window over it.
function asksToSignIn(root) {
  return [...root.querySelectorAll('form[action="/sign-in"]')].some((form) => !form.closest("dialog"));
}

function controls(form) {
  return [...form.elements].filter((control) => control.name && !silent.includes(control.type));
}

// fields lists [name, value] as the form would send them, without secrets.
export function fields(form) {
  return controls(form)
    .filter((control) => !["checkbox", "radio"].includes(control.type) || control.checked)
    .flatMap((control) =>
      control.type === "select-multiple"
        ? [...control.selectedOptions].map((option) => [control.name, option.value])
        : [[control.name, control.value]],
    );
}

function restore(form) {
  const draft = read(key(form));
  if (!draft || JSON.stringify(draft.fields) === JSON.stringify(fields(form))) return;
  const before = fields(form);
  fill(form, draft.fields);
  form.prepend(
    notice(form, () => {
      fill(form, before);
      drop(key(form));
    }),
  );
}

export function fill(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of controls(form)) {
    const given = values.get(control.name) ?? [];
    if (["checkbox", "radio"].includes(control.type)) control.checked = given.includes(control.value);
    else if (control.type === "select-multiple")
      for (const option of control.options) option.selected = given.includes(option.value);
    else if (given.length) control.value = given.shift();
  }
}

function notice(form, undo) {
  const line = document.createElement("p");
  line.className = "kept";
  line.setAttribute("role", "status");
  line.append(form.dataset.kept);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn small";
  button.textContent = form.dataset.keptDrop;
  button.addEventListener("click", () => {
    undo();
    line.remove();
  });
  line.append(button);
  return line;
}
