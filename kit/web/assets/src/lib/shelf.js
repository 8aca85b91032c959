// Shelves keep pages and their files for the worker, so that they open without a
// network. A room, the sheet of a visit, a desk and the cards of a sitting have one each:
// what one page no longer needs is not taken from the others.
export const roomShelf = "chibo-room";
export const visitShelf = "chibo-visit";
export const deskShelf = "chibo-desk";
export const cueShelf = "chibo-cues";

// shelve keeps the page at an address with the files of the page that stands here, and
// drops those of an earlier program.
export async function shelve(name, address) {
  if (!("caches" in window)) return;
  const shelf = await caches.open(name);
  const page = await fetch(address);
  if (!page.ok || page.redirected) return;
  await shelf.put(address, await marked(page));
  const isFile = (url) => url.startsWith(`${location.origin}/a/`); // some entries have no name
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = [...document.querySelectorAll("script[src], link[href]")].map((e) => e.src || e.href);
  const wanted = new Set([...loaded, ...named].filter(isFile));
  for (const file of wanted) if (!(await shelf.match(file))) await shelf.add(file);
  for (const request of await shelf.keys()) {
    if (isFile(request.url) && !wanted.has(request.url)) await shelf.delete(request);
  }
}

// marked is a page that says where it comes from when it comes from here.
async function marked(page) {
  const text = await page.text();
  const headers = new Headers(page.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(text.replace("<html", "<html data-shelved"), { headers });
}

// clear empties all shelves.
export async function clear() {
  if (!("caches" in window)) return;
  for (const name of [roomShelf, visitShelf, deskShelf, cueShelf]) await caches.delete(name);
}
