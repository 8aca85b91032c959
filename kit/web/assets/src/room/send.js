// Acts on their way to the server.

const longest = 10_000; // a request that takes longer is taken for lost
const longestPhoto = 60_000;
const most = 100; // acts of one request
const widest = 400_000; // letters of one request; the server takes 2 MiB

// batches cuts acts into requests, in their order: a photograph goes alone.
export function batches(acts) {
  const all = [];
  let width = 0;
  for (const act of acts) {
    const last = all[all.length - 1];
    const wide = act.photo ? 0 : JSON.stringify(act.body).length;
    if (!last || act.photo || last[0].photo || last.length === most || width + wide > widest) {
      all.push([act]);
      width = wide;
    } else {
      last.push(act);
      width += wide;
    }
  }
  return all;
}

// sendActs returns the server's answers, or its status where it has none; 0 says
// that there is no network.
// account is who wrote them: the server takes them from nobody else.
export async function sendActs(base, account, acts) {
  return post(`${base}/acts`, account, JSON.stringify(acts.map(({ account: _, photo, ...act }) => act)), longest, async (response) =>
    response.ok ? response.json() : response.status,
  );
}

// sendPhoto sends a picture with its act.
export async function sendPhoto(base, account, { id, at, device, seen, photo }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(photo.fields)) form.append(name, value);
  form.set("act", id);
  for (const [name, value] of Object.entries({ at, device, seen })) form.set(name, value);
  form.append("file", photo.file);
  return post(`${base}/photo`, account, form, longestPhoto, async (response) => {
    if (response.ok) return [{ id }];
    if (response.status === 401 || response.status >= 500) return response.status;
    return [{ id, error: await response.json() }];
  });
}

async function post(address, account, body, patience, read) {
  const headers = { Accept: "application/json", "Chibo-Account": account };
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
