// The page is redrawn while people press on it. Nobody's finger may hit another
// name than the one it aimed at.

const tap = 300; // ms in which the click of a finger follows its lifting

let down = false;
let last = null; // the row that was pressed last
let timer = 0;
const waiting = [];

document.addEventListener("pointerdown", (event) => {
  clearTimeout(timer);
  down = true;
  last = event.target.closest?.("[id]")?.id;
});
// On glass the click comes some time after the lifting, and goes to whatever stands
// there then: what waits comes after it.
document.addEventListener("pointerup", () => free(tap));
document.addEventListener("click", () => free(0), true);
document.addEventListener("pointercancel", () => free(0)); // it scrolls: no click follows

function free(after) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    down = false;
    for (const go of waiting.splice(0)) go();
  }, after);
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
