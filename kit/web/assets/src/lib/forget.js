import { forgetDesks, overdue } from "../desk/database.js";
import { database } from "../room/database.js";
import { silence } from "./push.js";
import { clear, deskShelf } from "./shelf.js";

const owner = "room:who"; // whose meetings this device keeps

// forgetting takes from the device what it kept of meetings when somebody signs
// out, or somebody else signs in: the next person who holds it must not read them.
// What was written down and is not at the server yet stays, for its writer.
export function forgetting(root) {
  if (changedHands(root.documentElement.dataset.who)) forget();
  else dropOld();
  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("action") !== "/sign-out") return;
    event.preventDefault();
    await Promise.race([forget(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    form.submit();
  });
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
