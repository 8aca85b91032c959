// The form of a conference's feedback on a telephone. It is gone through in three steps;
// what is typed is kept on the device until the server has it, and a form that was sent
// without a network is sent when there is one. The number of the sending is kept with it,
// so that sending twice is the same as once. Without this script the form is one long page.
import { fields, fill } from "./lib/keep.js";

const form = document.getElementById("feedback");
const line = document.getElementById("feedback-line");
const phases = [...form.querySelectorAll("[data-phase]")];
const steps = form.querySelector("[data-steps]");
const back = form.querySelector("[data-back]");
const next = form.querySelector("[data-next]");
const last = form.querySelector("[data-last]");
const box = `feedback:${form.dataset.feedback}`;
const patience = 10_000; // a request that takes longer is taken for lost
const pause = 5_000; // between two tries

let at = 0; // the phase that is shown
let queued = false; // the form waits to be sent
let busy = false;

restore();
steps.hidden = false;
step(Math.max(0, phases.findIndex((phase) => phase.querySelector("[aria-invalid]"))));

back.addEventListener("click", () => step(at - 1, true));
next.addEventListener("click", () => step(at + 1, true));
form.addEventListener("input", () => {
  keep(false);
  line.hidden = true;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep(true);
  flush();
});
window.addEventListener("online", flush);
setInterval(flush, pause);

function step(to, moved) {
  at = Math.min(Math.max(to, 0), phases.length - 1);
  phases.forEach((phase, i) => (phase.hidden = i !== at));
  back.hidden = at === 0;
  next.hidden = at === phases.length - 1;
  last.hidden = !next.hidden;
  if (moved) phases[at].querySelector("textarea").focus();
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(box));
  } catch {
    return null; // no storage in this browser
  }
}

// keep writes down what stands in the form, and whether it waits to be sent.
function keep(waits) {
  queued = waits;
  try {
    localStorage.setItem(box, JSON.stringify({ sending: form.elements.sending.value, fields: fields(form), queued }));
  } catch {
    tell(form.dataset.full);
  }
}

function drop() {
  try {
    localStorage.removeItem(box);
  } catch {
    // no storage in this browser: nothing to drop
  }
}

function restore() {
  const draft = read();
  if (!draft || form.querySelector("[data-problems]")) return;
  form.elements.sending.value = draft.sending;
  fill(form, draft.fields);
  for (const details of form.querySelectorAll("details")) {
    if ([...details.querySelectorAll("textarea")].some((area) => area.value)) details.open = true;
  }
  queued = draft.queued;
  tell(queued ? form.dataset.waiting : form.dataset.restored);
  flush();
}

function tell(text) {
  line.firstElementChild.textContent = text;
  line.hidden = false;
}

// flush sends what waits. Where there is no network, or the server asks for patience, it
// goes on waiting; an answer that has to be read is fetched as the browser does it.
async function flush() {
  if (busy || !queued) return;
  busy = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout?.(patience) });
    if (answer.status === 429 || answer.status === 503) throw new Error("later");
    if (answer.ok) {
      drop();
      location.assign(answer.url);
      return;
    }
    keep(false);
    form.submit();
  } catch {
    tell(form.dataset.waiting);
  } finally {
    busy = false;
  }
}
