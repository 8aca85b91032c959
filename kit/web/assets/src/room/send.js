// Acts on their way to the server.

const longest = 10_000; // a request that takes longer is taken for lost
const longestPhoto = 60_000;
const most = 100; // acts of one request

// batches cuts acts into requests, in their order: a photograph goes alone.
export function batches(acts) {
  const all = [];
  for (const act of acts) {
    const last = all[all.length - 1];
    if (!last || act.photo || last[0].photo || last.length === most) all.push([act]);
    else last.push(act);
  }
  return all;
}

// sendActs returns the server's answers, or its status where it has none; 0 says
// that there is no network.
export async function sendActs(base, acts) {
  return post(`${base}/acts`, JSON.stringify(acts.map(({ account, photo, ...act }) => act)), longest, async (response) =>
    response.ok ? response.json() : response.status,
  );
}

// sendPhoto sends a picture with its act.
export async function sendPhoto(base, { id, at, photo }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(photo.fields)) form.append(name, value);
  form.set("act", id);
  form.set("at", at);
  form.append("file", photo.file);
  return post(`${base}/photo`, form, longestPhoto, async (response) => {
    if (response.ok) return [{ id }];
    if (response.status === 401 || response.status >= 500) return response.status;
    return [{ id, error: await response.json() }];
  });
}

async function post(address, body, patience, read) {
  const headers = { Accept: "application/json" };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await read(await fetch(address, { method: "POST", headers, body, signal: stop.signal }));
  } catch {
    return 0; // what is written down waits
  } finally {
    clearTimeout(timer);
  }
}
