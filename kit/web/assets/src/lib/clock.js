// wind writes into a clock (kit/web/part/clock.go) how long something has taken by
// now, and in words by how much it is over its limit.
export function wind(span, seconds) {
  span.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const limit = 60 * Number(span.dataset.limit ?? 0);
  const over = limit ? seconds - limit : 0;
  span.classList.toggle("over", over > 0);
  const words = span.parentElement.querySelector("[data-over]");
  if (!words) return;
  const text = over <= 0 ? "" : over < 60 ? words.dataset.due : words.dataset.over.replace("{n}", Math.floor(over / 60));
  if (words.textContent !== text) words.textContent = text;
}
