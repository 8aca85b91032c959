// once keeps an impatient second press from sending a form twice. The lock
// falls when the page is shown again, or after ten seconds: an answer that is a
// download leaves the page where it is.
const lock = 10_000;

export function once(win) {
  win.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.removeAttribute("aria-busy"), lock);
  });
  win.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });
}
