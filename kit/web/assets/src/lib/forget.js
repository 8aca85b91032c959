import { forgetDesks, overdue } from "../desk/database.js";
import { database } from "../room/database.js";
import { ask } from "./confirm.js";
import { forgetDrafts, othersDrafts } from "./keep.js";
import { silence } from "./push.js";
import { clear, deskShelf } from "./shelf.js";
import { waiting } from "./waiting.js";

const owner = "room:who"; // whose meetings this device keeps

// forgetting takes from the device what it kept of meetings when somebody signs
// out, or somebody else signs in: the next person who holds it must not read them.
// What was written down and is not at the server yet stays, for its writer, who is asked
// before leaving it there (data-waiting, data-waiting-yes, data-waiting-no of the form).
// Where nothing waits for anybody, the server is told that everything may go.
export function forgetting(root) {
  if (changedHands(root.documentElement.dataset.who)) forget();
  else dropOld();
  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("action") !== "/sign-out") return;
    event.preventDefault();
    const left = await soon(waiting(), null);
    const mine = left?.filter((account) => account === root.documentElement.dataset.who).length;
    const { waiting: question, waitingYes, waitingNo } = form.dataset;
    if (!mine || !question) return end(form);
    ask({ confirm: question.replace("{n}", mine), confirmYes: waitingYes, confirmNo: waitingNo }, () => end(form));
  });
}

async function end(form) {
  for (const [name, value] of await leave()) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", name, value];
    form.append(field);
  }
  form.submit();
}

// leave drops what this device keeps for whoever is going, and returns what the sign-out
// tells the server: whether the rest holds anything that somebody would miss.
export async function leave() {
  forgetDrafts();
  await soon(forget());
  const left = await soon(waiting(), null);
  return new URLSearchParams(left?.length === 0 && !othersDrafts() ? { nothing_left: "1" } : {});
}

// soon waits a second for a promise and goes on without it.
function soon(promise, otherwise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 1_000, otherwise))]);
}

function changedHands(who) {
  if (!who) return false;
  try {
    const before = localStorage.getItem(owner);
    localStorage.setItem(owner, who);
    return before !== null && before !== who;
  } catch {
    return false; // no storage: nothing is kept
  }
}

export async function forget() {
  silence().catch(() => {}); // no network: the program drops the device when it next calls
  try {
    await clear();
    await forgetDesks();
    const db = await database();
    const transaction = db.transaction(["scenes", "log"], "readwrite");
    for (const name of ["scenes", "log"]) transaction.objectStore(name).clear();
    await new Promise((resolve) => (transaction.oncomplete = transaction.onabort = resolve));
    db.close();
  } catch {
    // no database: nothing was kept
  }
}

// dropOld takes the list of a conference that is over from the device.
async function dropOld() {
  try {
    if (!overdue()) return;
    await caches.delete(deskShelf);
    await forgetDesks();
  } catch {
    // no storage: nothing is kept
  }
}
