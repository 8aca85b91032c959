// A key that was pressed may be gone when the page is drawn again. Whoever works
// with the keyboard, or hears the page, must not be thrown back to its top.

let typing = false; // the last thing used was the keyboard

document.addEventListener("keydown", () => (typing = true), true);
document.addEventListener("pointerdown", () => (typing = false), true);

// place remembers in which row the focus is; what it returns brings it back there
// where it was lost, and on a long roll to the search for the next name.
export function place() {
  const row = document.activeElement?.closest?.("li[id], details[id], section[id]")?.id;
  return () => {
    const there = row && document.activeElement === document.body && document.getElementById(row);
    if (!there) return;
    const search = typing && there.closest(".room-roll") && document.getElementById("roll-find");
    (search || there.querySelector("button, summary, a[href]"))?.focus({ preventScroll: true });
    if (search) search.select();
  };
}
