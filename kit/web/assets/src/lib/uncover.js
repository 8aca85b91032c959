// uncovering brings what takes the focus out from under a bar that stays at the edge of
// the window (WCAG 2.2, 2.4.11): browsers scroll only to what is outside the window.
export function uncovering(root) {
  root.addEventListener("focusin", ({ target }) => {
    if (target.matches(":focus-visible") && covered(target)) target.scrollIntoView({ block: "center" });
  });
}

function covered(target) {
  const box = target.getBoundingClientRect();
  const own = (hit) => [target, ...(target.labels ?? [])].some((e) => e.contains(hit) || hit.contains(e));
  return [box.top + 1, box.bottom - 1].some((y) => {
    const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), y);
    return hit && !own(hit);
  });
}
