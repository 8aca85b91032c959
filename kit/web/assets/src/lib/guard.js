// guards asks before a page with typed but unsent text is left: forms marked
// data-guard. Forms that keep drafts (data-keep) need no guard.
export function guards(win) {
  const dirty = new Set();
  const guarded = (event) => event.target.closest?.("form[data-guard]:not([data-keep])");

  win.addEventListener("input", (event) => {
    const form = guarded(event);
    if (form) dirty.add(form);
  });
  win.addEventListener("submit", (event) => {
    const form = guarded(event);
    if (form) dirty.delete(form);
  });
  win.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });
}
