// What a desk keeps on this device, in IndexedDB:
//   outbox  events that the server has not answered
//   log     events that the server has, of all desks
//   lists   whom a sitting expects
// Each is kept apart by sitting and account. At sign-out, and once the sitting is over,
// everything goes but the outbox (lib/forget.js): what was written down belongs to its
// writer until the server has it.
import { done } from "../room/database.js";

const name = "chibo-desk";
const until = "desk:until"; // when the last list is to be dropped

async function database() {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("outbox", { keyPath: "id" });
    request.result.createObjectStore("log", { keyPath: ["sitting", "account", "id"] });
    request.result.createObjectStore("lists", { keyPath: ["sitting", "account"] });
  };
  const db = await done(request);
  db.onversionchange = () => db.close();
  return db;
}

// write holds once the browser says that it is on the disk.
function write(db, names, change) {
  const transaction = db.transaction(names, "readwrite", { durability: "strict" });
  change(...names.map((store) => transaction.objectStore(store)));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

// desk is what is kept for one sitting and one account.
export async function desk(sitting, account) {
  const db = await database();
  const own = (event) => ({ ...event, sitting, account });
  const bare = ({ sitting: _, account: __, ...event }) => event;
  const range = IDBKeyRange.bound([sitting, account, ""], [sitting, account, "\uffff"]);
  return {
    put: (event) => write(db, ["outbox"], (outbox) => outbox.put(own(event))),
    async waiting() {
      const all = await done(db.transaction("outbox").objectStore("outbox").getAll());
      return all.filter((event) => event.sitting === sitting && event.account === account).map(bare);
    },
    log: async () => (await done(db.transaction("log").objectStore("log").getAll(range))).map(bare),
    // settle moves what the server answered for from the outbox to the log.
    settle: (sent, heard) =>
      write(db, ["outbox", "log"], (outbox, log) => {
        for (const { id } of sent) outbox.delete(id);
        for (const event of heard) log.put(own(event));
      }),
    async remember(list) {
      localStorage.setItem(until, Math.max(list.until, Number(localStorage.getItem(until) ?? 0)));
      await write(db, ["lists"], (lists) => lists.put({ ...list, sitting, account }));
    },
    list: () => done(db.transaction("lists").objectStore("lists").get([sitting, account])),
  };
}

// forgetDesks drops lists and logs.
export async function forgetDesks() {
  const db = await database();
  await write(db, ["lists", "log"], (lists, log) => {
    lists.clear();
    log.clear();
  });
  db.close();
  localStorage.removeItem(until);
}

// waitingAtDesks lists whose events the server does not have, one account each.
export async function waitingAtDesks() {
  const db = await database();
  const events = await done(db.transaction("outbox").objectStore("outbox").getAll());
  db.close();
  return events.map((event) => event.account);
}

// overdue says that a list is older than it may be kept.
export function overdue() {
  const last = Number(localStorage.getItem(until) ?? 0);
  return last > 0 && last < Date.now();
}
