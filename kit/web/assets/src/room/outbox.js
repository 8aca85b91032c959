// The outbox holds acts that the server has not answered. It lives in IndexedDB,
// so that a closed tab, a reload or a dead battery loses nothing; where a browser
// has none (a private window), in localStorage.

const name = "chibo-room";
const store = "outbox";

// outbox keeps the acts of one meeting and one account apart from all others.
export function outbox(meeting, account) {
  const kept = database().catch(() => storage());
  const mine = (act) => act.meeting === meeting && act.account === account();
  return {
    put: async (act) => (await kept).put({ ...act, account: account() }),
    remove: async (id) => (await kept).remove(id),
    all: async () => (await (await kept).all()).filter(mine).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  };
}

async function database() {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "id" });
  const db = await done(request);
  // The promise holds once the browser says that it is on the disk.
  const write = (change) => {
    const transaction = db.transaction(store, "readwrite", { durability: "strict" });
    change(transaction.objectStore(store));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  };
  return {
    put: (act) => write((acts) => acts.put(act)),
    remove: (id) => write((acts) => acts.delete(id)),
    all: () => done(db.transaction(store).objectStore(store).getAll()),
  };
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(request.error);
  });
}

function storage() {
  const prefix = `${store}:`;
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return {
    put: (act) => localStorage.setItem(prefix + act.id, JSON.stringify(act)),
    remove: (id) => localStorage.removeItem(prefix + id),
    all: () => keys().map((key) => JSON.parse(localStorage.getItem(key))),
  };
}
