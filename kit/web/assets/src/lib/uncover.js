// uncovering brings what takes the focus out from under a bar that stays at the edge of
// the window (WCAG 2.2, 2.4.11): browsers scroll only to what is outside the window.
export function uncovering(root) {
  root.addEventListener("focusin", uncover);
}

// uncover does so for what has the focus now, as after a page was drawn again around it.
export function uncover() {
  const now = document.activeElement;
  if (now?.matches(":focus-visible") && covered(now)) now.scrollIntoView({ block: "center" });
}

function covered(target) {
  const box = target.getBoundingClientRect();
  const own = (hit) => [target, ...(target.labels ?? [])].some((e) => e.contains(hit) || hit.contains(e));
  const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), (box.top + box.bottom) / 2);
  return !hit || !own(hit);
}
