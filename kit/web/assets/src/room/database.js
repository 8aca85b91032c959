// The database of the room on this device.
const name = "chibo-room";

// blocked is why it is refused while another tab holds the one of an earlier program.
export const blocked = new Error("another tab holds an older database");

// database opens it; it is refused where a browser has none.
export async function database() {
  const request = indexedDB.open(name, 2);
  request.onupgradeneeded = () => {
    const db = request.result;
    const make = (store, keyPath) => db.objectStoreNames.contains(store) || db.createObjectStore(store, { keyPath });
    make("outbox", "id");
    make("log", ["meeting", "account", "id"]);
    make("scenes", ["meeting", "account"]);
  };
  const db = await done(request);
  db.onversionchange = () => db.close();
  return db;
}

// done is a request as a promise.
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(blocked);
  });
}
