// letters gives pages that come from this device (lib/shelf.js) the size of letters that
// was chosen since they were put there. Those of the server come in the right size.
const name = "letters";

export function letters(root) {
  const html = root.documentElement;
  try {
    if (html.dataset.shelved === undefined) localStorage.setItem(name, html.classList.contains("large") ? "large" : "usual");
    else html.classList.toggle("large", localStorage.getItem(name) === "large");
  } catch {
    // no storage: nothing is on the shelf either
  }
}
