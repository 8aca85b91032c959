// What becomes of a form when its act is answered.

// accepted empties a form: what was in it is written down.
export function accepted(form) {
  clear(form);
  form.reset();
  form.removeAttribute("aria-busy");
  // The draft of the form is kept up to what it holds now: nothing.
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// fold shuts what was opened to fill in a form.
export function fold(form) {
  for (const part of [form.closest("details"), ...form.querySelectorAll("details")]) if (part) part.open = false;
}

// refused says why: in the form as long as it holds what was typed, else in the
// list of what was refused, from where it can be put back into the form.
export function refused(act, error, form) {
  if (form?.isConnected) {
    clear(form);
    form.removeAttribute("aria-busy");
    form.dispatchEvent(new Event("input", { bubbles: true }));
    show(form, error);
    return;
  }
  const list = document.getElementById("room-refused");
  const line = document.createElement("li");
  const words = document.createElement("p");
  words.className = "grow";
  words.textContent = [error.message, ...texts(act.body)].join(" · ");
  const again = button(list.dataset.again);
  again.dataset.refill = JSON.stringify(act);
  const drop = button(list.dataset.drop);
  drop.dataset.refill = "null";
  line.append(words, again, drop);
  list.querySelector("ul").append(line);
  list.hidden = false;
}

// refilling answers the two buttons of the list of refused acts.
export function refilling(root, meeting) {
  root.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("[data-refill]");
    if (!pressed) return;
    const act = JSON.parse(pressed.dataset.refill);
    if (act) fill(act, meeting);
    const list = document.getElementById("room-refused");
    pressed.closest("li").remove();
    list.hidden = !list.querySelector("li");
  });
}

function texts(body) {
  return Object.values(body).filter((value) => typeof value === "string" && /\s/.test(value));
}

function button(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn small";
  made.textContent = text;
  return made;
}

function show(form, error) {
  const box = document.createElement("div");
  box.className = "problems";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  const said = document.createElement("p");
  said.textContent = error.message;
  box.append(said);
  for (const [field, message] of Object.entries(error.fields ?? {})) mark(form, box, field, message);
  form.prepend(box);
  box.focus();
}

function mark(form, box, field, message) {
  const line = document.createElement("p");
  line.textContent = message;
  box.append(line);
  for (const control of form.querySelectorAll(`[name="${CSS.escape(field)}"]`)) control.setAttribute("aria-invalid", "true");
}

function clear(form) {
  form.querySelector(".problems")?.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

// fill puts the body of an act back into the form it came from.
function fill(act, meeting) {
  const address = `/rooms/${meeting}/form/${act.kind}`;
  const forms = [...document.querySelectorAll("form")].filter((form) => form.getAttribute("action") === address);
  const form = forms.find((form) => hidden(form).every((control) => control.value === (act.body[control.name] ?? ""))) ?? forms[0];
  if (!form) return;
  for (const control of form.elements) {
    const value = act.body[control.name];
    if (value === undefined || control.type === "hidden") continue;
    if (["checkbox", "radio"].includes(control.type)) control.checked = [value].flat().map(String).includes(control.value);
    else if (Array.isArray(value)) control.value = value[same(form, control).indexOf(control)] ?? "";
    else control.value = nameOf(control.list, value);
  }
  for (let at = form.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
}

// nameOf is how the list of a control calls somebody.
function nameOf(list, value) {
  return [...(list?.options ?? [])].find((option) => option.dataset.id === value)?.value ?? value;
}

// same are the controls of one name, in their order.
function same(form, control) {
  return [...form.elements].filter((other) => other.name === control.name);
}

function hidden(form) {
  return [...form.elements].filter((control) => control.type === "hidden" && !["act", "item", "press"].includes(control.name));
}
