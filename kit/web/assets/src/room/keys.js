// Small helpers of the room's page: set phrases, sums, tabs, clocks.
import { wind } from "../lib/clock.js";

// phrases puts a set phrase where the cursor stands, with the name and the time of
// the moment.
export function phrases(root) {
  root.addEventListener("click", (event) => {
    const key = event.target.closest?.("[data-phrase]");
    const field = key?.closest("form")?.elements[key.dataset.into];
    if (!field) return;
    field.setRangeText(filled(key), field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

function filled(key) {
  const speaker = key.closest("form").elements.speaker;
  const name = speaker?.value ? (speaker.selectedOptions?.[0].textContent ?? speaker.value).split(" · ")[0] : "…";
  const now = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  return key.dataset.phrase.replaceAll("{speaker}", name).replaceAll("{time}", now.replace(":", " giờ "));
}

// sums works out the third figure of a hand count while it is typed.
export function sums(root) {
  root.addEventListener("input", (event) => {
    const form = event.target.closest?.("form");
    const told = form?.querySelector("[data-other]");
    const fields = [...(form?.querySelectorAll("[data-sum]") ?? [])];
    if (!told || !fields.some((field) => field.value)) return;
    const other = fields.reduce((left, field) => left - (Number(field.value) || 0), Number(fields[0].dataset.sum));
    told.textContent = (other < 0 ? told.dataset.much : told.dataset.other).replace("{n}", other);
    told.classList.toggle("problem", other < 0);
  });
}

// sheets says while a count sheet is typed whether its figures fit.
export function sheets(root) {
  root.addEventListener("input", (event) => {
    const form = event.target.closest?.("form");
    const told = form?.querySelector("[data-sheet]");
    if (!told || !form.elements.issued.value) return;
    const words = JSON.parse(told.dataset.sheet);
    const figures = figuresOf(form);
    const wrong = misfit(figures, words);
    told.textContent = wrong || words.ok.replace("{valid}", figures.valid).replace("{other}", figures.other);
    told.classList.toggle("problem", wrong !== "");
  });
}

function figuresOf(form) {
  const of = (name) => [...form.querySelectorAll(`input[name="${name}"]`)].map((input) => Number(input.value) || 0);
  const [issued, returned, invalid] = ["issued", "returned", "invalid"].map((name) => of(name)[0] ?? 0);
  const valid = returned - invalid;
  const [yes, no] = [of("for")[0] ?? 0, of("against")[0] ?? 0];
  return { issued, returned, invalid, valid, votes: of("votes"), other: valid - yes - no };
}

// misfit is the first thing that cannot be, "" where all fits.
function misfit({ issued, returned, invalid, valid, votes, other }, words) {
  if (issued > words.entitled) return words.issued;
  if (returned > issued) return words.returned;
  if (invalid > returned) return words.invalid;
  if (!words.race) return other < 0 ? words.sum : "";
  if (votes.some((n) => n > valid)) return words.each;
  return votes.reduce((a, b) => a + b, 0) > valid * words.seats ? words.votes : "";
}

// tabs shows one column at a time where there is no room for three. What it
// returns marks the tab again after the page was redrawn.
export function tabs(root) {
  const show = (name) => {
    root.documentElement.dataset.roomTab = name;
    for (const tab of root.querySelectorAll("[data-tab]")) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  };
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (!link) return;
    if (link.dataset.tab) {
      event.preventDefault();
      show(link.dataset.tab);
      arrive(root.getElementById("room-" + link.dataset.tab));
      return;
    }
    const target = root.getElementById(link.hash.slice(1));
    const column = target?.closest(".room-col");
    if (column) show(column.id.replace("room-", ""));
    if (target && link.pathname === location.pathname && link.search === location.search) reveal(target);
  });
  show("work");
  return () => show(root.documentElement.dataset.roomTab);
}

// arrive goes to the top of the page, or of the column where the head of the room would leave
// it less than half of the window: a press that changes nothing to be seen is pressed again.
function arrive(column) {
  scrollTo(0, 0);
  if (column && column.getBoundingClientRect().top > innerHeight / 2) column.scrollIntoView();
}

// reveal opens what hides a place before the browser goes there.
export function reveal(target) {
  const inside = target.querySelector(":scope > .grow > details.room-orphan, :scope > .grow > details");
  for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  if (inside) inside.open = true;
}

// clocks winds on the time of the item that runs and of whoever speaks.
export function clocks(root) {
  const starts = new WeakMap();
  setInterval(() => {
    for (const span of root.querySelectorAll("[data-spent]")) {
      const base = Number(span.dataset.spent);
      const start = starts.get(span);
      if (start?.base !== base) starts.set(span, { base, at: performance.now() });
      wind(span, Math.floor(base + (performance.now() - starts.get(span).at) / 1000));
    }
  }, 1000);
}
