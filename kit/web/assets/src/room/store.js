// What this device keeps of its meetings, in IndexedDB, so that a closed tab, a
// reload or a dead battery loses nothing:
//   outbox  acts that the server has not answered, with the picture of a photograph
//   log     acts that the server has
//   scenes  what the server told about a meeting before it was out of reach
// Each is kept apart by meeting and account. Where a browser has no IndexedDB (a
// private window), the outbox lives in localStorage and the rest is not kept. What
// cannot be written at all, because the device is full, is held until the page
// closes.
// At sign-out everything goes but the outbox, see lib/forget.js.
import { blocked, database, done } from "./database.js";

const age = 30 * 24 * 60 * 60 * 1000; // after that a meeting is not kept any more

// store is what is kept for one meeting and whoever is signed in. hindered is called
// when another tab is in the way, so that less is kept than could be.
export function store(meeting, account, hindered) {
  const kept = database().then(inDatabase, (why) => {
    if (why === blocked) hindered();
    return inStorage();
  });
  const mine = (act) => act.meeting === meeting && act.account === account();
  const inOrder = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);
  const held = new Map(); // acts that could not be written, by id
  const own = (act) => ({ ...act, meeting, account: account() });
  return {
    // put writes down an act that is to be sent; false: it is only held.
    async put(act) {
      try {
        await (await kept).put(own(act));
        return true;
      } catch {
        held.set(act.id, own(act));
        return false;
      }
    },
    // all returns what is to be sent, in its order.
    all: async () => [...(await (await kept).all()), ...held.values()].filter(mine).sort(inOrder),
    // refuse forgets an act that the server did not take.
    async refuse(id) {
      held.delete(id);
      await (await kept).remove(id);
    },
    // settle moves an act that the server took from the outbox to the log.
    async settle(act, seq) {
      held.delete(act.id);
      await (await kept).settle(own({ ...act, seq, received: Date.now() }));
    },
    // learn adds acts of the server to the log.
    learn: async (acts) => (await kept).learn(acts.map(own)),
    // remember keeps the scene; recall gives it back with the log, null where there
    // is none.
    remember: async (scene) => (await kept).remember({ ...scene, meeting, account: account(), kept: Date.now() }),
    recall: async () => (await kept).recall(meeting, account()),
  };
}

function inDatabase(db) {
  // The promise holds once the browser says that it is on the disk.
  const write = (names, change) => {
    const transaction = db.transaction(names, "readwrite", { durability: "strict" });
    change(...names.map((name) => transaction.objectStore(name)));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  };
  const everything = (name) => done(db.transaction(name).objectStore(name).getAll());
  return {
    put: (act) => write(["outbox"], (outbox) => outbox.put(act)),
    all: () => everything("outbox"),
    remove: (id) => write(["outbox"], (outbox) => outbox.delete(id)),
    settle: (act) =>
      write(["outbox", "log"], (outbox, log) => {
        outbox.delete(act.id);
        if (!act.photo) log.put(act);
      }),
    learn: (acts) => write(["log"], (log) => acts.forEach((act) => log.put(act))),
    async remember(scene) {
      const old = (await everything("scenes")).filter((other) => other.kept < Date.now() - age);
      await write(["scenes", "log"], (scenes, log) => {
        scenes.put(scene);
        for (const { meeting, account } of old) {
          scenes.delete([meeting, account]);
          log.delete(IDBKeyRange.bound([meeting, account, ""], [meeting, account, "\uffff"]));
        }
      });
    },
    async recall(meeting, account) {
      const transaction = db.transaction(["scenes", "log"]);
      const scene = await done(transaction.objectStore("scenes").get([meeting, account]));
      if (!scene) return null;
      const range = IDBKeyRange.bound([meeting, account, ""], [meeting, account, "\uffff"]);
      return { ...scene, acts: await done(db.transaction("log").objectStore("log").getAll(range)) };
    },
  };
}

function inStorage() {
  const prefix = "outbox:";
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const remove = (id) => localStorage.removeItem(prefix + id);
  return {
    put(act) {
      if (act.photo) throw new Error("a picture needs a database");
      localStorage.setItem(prefix + act.id, JSON.stringify(act));
    },
    all: () => keys().map((key) => JSON.parse(localStorage.getItem(key))),
    remove,
    settle: ({ id }) => remove(id),
    learn: () => {},
    remember: () => {},
    recall: () => null,
  };
}
