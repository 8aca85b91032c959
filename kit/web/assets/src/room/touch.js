// The page is redrawn while people press on it. Nobody's finger may hit another
// name than the one it aimed at.

let down = false;
let last = null; // the row that was pressed last
const waiting = [];

document.addEventListener("pointerdown", (event) => {
  down = true;
  last = event.target.closest?.("[id]")?.id;
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    // The click follows the lifting: what waits comes after it.
    setTimeout(() => {
      down = false;
      for (const go of waiting.splice(0)) go();
    });
  });
}

// lifted waits until no finger is on the glass.
export function lifted() {
  return down ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
}

// anchor remembers where the row that was pressed last stands; what it returns
// brings it back there after the page was redrawn.
export function anchor() {
  const row = () => last && document.getElementById(last);
  const top = row()?.getBoundingClientRect().top;
  return () => {
    const moved = row()?.getBoundingClientRect().top - top;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  };
}
