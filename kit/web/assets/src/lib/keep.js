// drafts keeps what is typed into a form data-keep="name" on this device until
// the server has it: a closed tab, a reload, a dead battery, a lost network or an
// expired session loses nothing.
//
// A draft is { fields, sent }. Sending marks it sent. The next page that is no
// refusal and no sign-in page shows that the server has it, and it is dropped; a
// refusal takes the mark away. The form says in its own words that a draft came
// back (data-kept) and offers to drop it (data-kept-drop). Drafts are kept apart
// by person (data-who of the page) and dropped when the person signs out.
import { say } from "./say.js";

const prefix = "draft:";
const silent = ["password", "file", "hidden", "submit", "button"];

export function drafts(root) {
  settle(root);
  for (const form of root.querySelectorAll("form[data-keep]")) restore(form);

  root.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form) write(form, { fields: fields(form), sent: false });
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("[data-keep]")) write(form, { fields: fields(form), sent: true });
    if (form.getAttribute("action") === "/sign-out") forget();
  });
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

function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(who()));
  } catch {
    return [];
  }
}

function forget() {
  for (const name of names()) localStorage.removeItem(name);
}

// settle decides, by the page that answered, what became of drafts that were sent.
function settle(root) {
  const refused = root.querySelector('.failure, [data-problems], form[action="/sign-in"]');
  for (const name of names()) {
    const draft = read(name);
    if (!draft?.sent) continue;
    if (refused) localStorage.setItem(name, JSON.stringify({ ...draft, sent: false }));
    else localStorage.removeItem(name);
  }
}

function controls(form) {
  return [...form.elements].filter((control) => control.name && !silent.includes(control.type));
}

// fields lists [name, value] as the form would send them, without secrets.
function fields(form) {
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
      localStorage.removeItem(key(form));
    }),
  );
}

function fill(form, pairs) {
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

function notice(form, drop) {
  const line = document.createElement("p");
  line.className = "kept";
  line.setAttribute("role", "status");
  line.append(form.dataset.kept);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn small";
  button.textContent = form.dataset.keptDrop;
  button.addEventListener("click", () => {
    drop();
    line.remove();
  });
  line.append(button);
  return line;
}
