const squeeze = (s) => (s ?? "").replace(/\s+/g, " ").trim();
const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
const text = (within) => boxes(within).map((box) => box.innerText).join("\n");
const visible = (words, within) => boxes(within).some((box) => squeeze(box.innerText).includes(squeeze(words)));

// boxes goes from outside in: every text names a row, card or group, and the
// smallest that hold it come first.
function boxes(within) {
  let roots = [document.body];
  for (const text of within) {
    const all = roots.flatMap((r) => [...r.querySelectorAll("li, tr, section, article, fieldset, dialog, details, form, .card, td")]);
    roots = all.filter((b) => shown(b) && squeeze(b.innerText).toLowerCase().includes(squeeze(text).toLowerCase()));
    roots.sort((a, b) => a.innerText.length - b.innerText.length);
  }
  return roots;
}

// nameOf is what a screen reader calls the element.
const nameOf = (e) => {
  const by = e.getAttribute("aria-labelledby");
  if (by) return squeeze(by.split(" ").map((id) => document.getElementById(id)?.textContent).join(" "));
  if (e.getAttribute("aria-label")) return squeeze(e.getAttribute("aria-label"));
  if (e.labels?.length) return squeeze([...e.labels].map((l) => l.textContent).join(" "));
  return squeeze(e.innerText || e.textContent || e.title);
};

const kinds = {
  control: "a[href], button, summary, [role=tab], [role=button], input[type=submit]",
  button: "button, input[type=submit]",
  choice: "input[type=checkbox], input[type=radio]",
  field: "input:not([type=hidden]), textarea, select",
};

// best prefers the exact name, then the name that begins so, then one that holds it.
const best = (all, text) => {
  const want = squeeze(text).toLowerCase();
  const named = all.map((e) => [e, nameOf(e).toLowerCase()]);
  for (const fits of [(n) => n === want, (n) => n.startsWith(want), (n) => n.includes(want)]) {
    const hit = named.find(([, n]) => fits(n));
    if (hit) return hit[0];
  }
  return null;
};

// find returns the control that the last text names, in the boxes that the others
// name. An open window comes before the page under it.
function find(how, texts) {
  const roots = texts.length > 1 ? boxes(texts.slice(0, -1)) : [document.querySelector("dialog[open]") ?? document];
  for (const r of roots) {
    const all = [...r.querySelectorAll(kinds[how])].filter((e) => (shown(e) || (["choice", "field"].includes(how) && e.labels?.length && shown(e.labels[0]))) && !e.disabled);
    const hit = best(all, texts[texts.length - 1]);
    if (hit) return hit;
  }
  return null;
}

// reach scrolls to the element and returns the point at which a finger hits it,
// null when there is none or something lies over it.
function reach(e) {
  if (!e) return null;
  const target = shown(e) ? e : e.labels[0];
  target.scrollIntoView({ block: "center", behavior: "instant" });
  for (const box of target.getClientRects()) {
    const at = [box.x + box.width / 2, box.y + box.height / 2];
    const hit = document.elementFromPoint(...at);
    if (hit && (target.contains(hit) || [...(e.labels ?? [])].some((label) => label.contains(hit)))) return at;
  }
  return null;
}

// steady says that the point is where it was a moment ago: nobody hits what still
// moves.
function steady(at) {
  const before = window.beforeAt;
  window.beforeAt = at;
  return at !== null && before?.[0] === at[0] && before[1] === at[1];
}

function mark(e) {
  document.querySelectorAll("[data-e2e]").forEach((o) => o.removeAttribute("data-e2e"));
  e.setAttribute("data-e2e", "");
  e.scrollIntoView({ block: "center" });
  return true;
}

function fill(e, value) {
  e.focus();
  const proto = e instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(proto.prototype, "value").set.call(e, value);
  e.dispatchEvent(new InputEvent("input", { bubbles: true }));
  e.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function choose(e, words) {
  const o = [...e.options].find((o) => squeeze(o.text) === squeeze(words)) ?? [...e.options].find((o) => squeeze(o.text).includes(squeeze(words)));
  if (!o) return false;
  e.value = o.value;
  e.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

// watch returns the point at which a finger hits what find finds, null when there is
// none. It marks the page when the press leads away from it, so that the next step
// waits for the page that comes. A press that would hit something else, because the page
// has moved under the finger, is noted and does nothing.
function watch(how, texts) {
  const e = find(how, texts);
  const at = reach(e);
  if (!at) return null;
  const hits = (x, target) => x && [x, ...(x.labels ?? [])].some((o) => o.contains(target));
  window.missed = null;
  window.watched?.abort(); // a press before that came to nothing holds back no later one
  window.watched = new AbortController();
  const { signal } = window.watched;
  addEventListener("pointerdown", ({ target }) => {
    // A page that was drawn again has another element there.
    window.missed = !hits(e, target) && !hits(find(how, texts), target);
    if (!window.missed) return;
    const nothing = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener("click", nothing, { once: true, capture: true, signal });
  }, { once: true, capture: true, signal });
  const leave = (event) => {
    if (event.defaultPrevented) return;
    const link = event.type === "click" ? event.target.closest("a[href]") : event.target;
    if (!link || link.target || link.download || link.method === "dialog") return;
    if (event.type === "click" && link.hash && link.href.split("#")[0] === location.href.split("#")[0]) return;
    document.documentElement.setAttribute("data-leaving", "");
  };
  for (const type of ["click", "submit"]) addEventListener(type, leave, { once: true });
  return at;
}

// focused says whether the control that has the focus is called so.
const focused = (name) => best([document.activeElement], name) !== null;

// unseen describes the control that has the focus when nobody could see that: it
// has no ring, or something lies over it.
function unseen() {
  const e = document.activeElement;
  if (e === document.body) return "";
  const look = [e, ...(e.labels ?? []), e.parentElement].map((x) => getComputedStyle(x));
  const ring = look.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none");
  const target = shown(e) ? e : e.labels?.[0];
  const box = target?.getClientRects()[0];
  const hit = box && document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + box.height / 2);
  const over = !hit || !(target.contains(hit) || hit.contains(target) || [...(e.labels ?? [])].some((l) => l.contains(hit)));
  return ring && !over ? "" : `${e.outerHTML.slice(0, 120)} (ring ${ring}, covered ${over})`;
}

// lost says that nobody sees where the focus is; a heading that a script has gone to needs
// no ring.
const lost = () => document.activeElement.tabIndex >= 0 && unseen() !== "";

// where says how keys come from what has the focus to e: "here", "ahead" by Tab, "behind"
// by Shift+Tab, "beside" by an arrow among radio buttons; or on what nobody sees the focus.
function where(e) {
  const now = document.activeElement;
  if (!e || now === document.body) return "ahead";
  if (lost()) return unseen();
  if (now === e) return "here";
  if (e.type === "radio" && now.type === "radio" && now.name === e.name && now.form === e.form) return "beside";
  return now.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING ? "ahead" : "behind";
}

// steps counts how many options down the one with the words is in a list.
function steps(list, words) {
  const all = [...list.options];
  let at = all.findIndex((o) => squeeze(o.text) === squeeze(words));
  if (at < 0) at = all.findIndex((o) => squeeze(o.text).includes(squeeze(words)));
  return at < 0 ? 1e6 : all.slice(0, at).filter((o) => !o.disabled).length - all.slice(0, list.selectedIndex).filter((o) => !o.disabled).length;
}

// show scrolls to the smallest element that holds the words, with some of what
// stands above it. What is near the top of the page stays there.
function show(words) {
  const holding = [...document.querySelectorAll("main *, body *")].filter((e) => shown(e) && squeeze(e.innerText).includes(squeeze(words)));
  const at = (holding.at(-1)?.getBoundingClientRect().top ?? 0) + scrollY;
  scrollTo({ top: at < innerHeight * 0.7 ? 0 : at - 160, behavior: "instant" });
  document.activeElement?.blur();
  return true;
}
