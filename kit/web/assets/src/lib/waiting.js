import { waitingAtDesks } from "../desk/database.js";
import { database, done } from "../room/database.js";

// waiting tells whose is what this device has written down and the server does not have:
// one account each, "" where nobody may know.
export async function waiting() {
  return [...(await inRooms()), ...(await waitingAtDesks().catch(() => [])), ...inStorage()];
}

async function inRooms() {
  try {
    const db = await database();
    const acts = await done(db.transaction("outbox").objectStore("outbox").getAll());
    db.close();
    return acts.map((act) => act.account);
  } catch {
    return []; // no database: room/store.js writes into the storage
  }
}

function inStorage() {
  try {
    return Object.entries(localStorage).flatMap(([name, value]) => {
      const [kind, whose] = name.split(":");
      if (kind === "outbox") return [JSON.parse(value).account];
      if (kind === "visit") return JSON.parse(value).map(() => whose);
      return kind === "feedback" ? [""] : [];
    });
  } catch {
    return [];
  }
}
