// Acts are made of forms: the address says the kind, the fields are the body.

// kindOf returns the kind of act a form makes in this meeting, "" for another form.
export function kindOf(form, meeting) {
  const start = `/rooms/${meeting}/form/`;
  const path = new URL(form.action, location.href).pathname;
  return path.startsWith(start) ? path.slice(start.length) : "";
}

// actOf makes the act. types says for each kind which fields are not text.
export function actOf(kind, form, submitter, meeting, types) {
  const at = Date.now();
  const body = {};
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  for (const name of ["act", "seen", "press"]) data.delete(name); // for a form that is posted without a script
  for (const name of new Set(data.keys())) {
    const value = valueOf(types[kind]?.[name], data.getAll(name).map((text) => personOf(form, name, text)));
    if (value !== undefined) body[name] = value;
  }
  return { id: uuid7(at), meeting, kind, at, body };
}

// unread names the numbers of a form that are missing, "blank", or cannot be read, "number". What
// was left empty is not nobody: hands that were not counted must not be written down as none.
export function unread(form) {
  const found = {};
  for (const field of form.querySelectorAll("input[inputmode=numeric]")) {
    const text = field.value.trim();
    if (text === "" && field.getAttribute("aria-required") === "true") found[field.name] = "blank";
    else if (typeof numberOf(text) !== "number" && text !== "") found[field.name] = "number";
  }
  return found;
}

// personOf is who is meant by a name that was typed with the help of a list.
function personOf(form, name, text) {
  const list = form.elements[name]?.list;
  return list && text ? ([...list.options].find((option) => option.value === text)?.dataset.id ?? text) : text;
}

function valueOf(type, values) {
  const text = values[values.length - 1];
  switch (type) {
    case "list":
      return values;
    case "yes":
      return true; // an empty box is not sent
    case "number":
      return text.trim() === "" ? undefined : numberOf(text);
    case "time":
      return text === "" ? undefined : Date.parse(`${text}+07:00`);
  }
  return text;
}

// numberOf leaves what is no number to the server, which says so.
function numberOf(text) {
  return /^\s*-?\d+\s*$/.test(text) ? Number(text) : text;
}

// uuid7 makes an id that sorts by its time.
export function uuid7(at) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = at.toString(16).padStart(12, "0");
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = time + hex.slice(12);
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join("-");
}
