// What the desk shows. What people have typed goes in as text alone.

const time = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const joined = (...texts) => texts.filter(Boolean).join(" · ");
const place = (id) => document.getElementById(id);
const pattern = (id) => place(id).content.cloneNode(true);
const longest = 8; // people of this desk that are shown

// show draws the desk; mark, back and replace do what is pressed.
export function show({ mark, back, replace, words }) {
  let rows = []; // { guest, item }
  let at = 0;
  let drawn = "";

  // found shows people; the first of them is what Enter marks.
  function found(guests, came) {
    const state = JSON.stringify(guests.map((guest) => [guest.id, came.get(guest.id)?.event.id, came.get(`for ${guest.id}`)?.event.id]));
    if (state === drawn) return; // nothing moves under a finger
    drawn = state;
    at = 0;
    rows = guests.map((guest) => ({ guest, item: row(guest, came.get(guest.id), came.get(`for ${guest.id}`)) }));
    place("desk-found").replaceChildren(...rows.map(({ item }) => item));
    point();
  }

  function row(guest, there, stood) {
    const item = pattern("desk-row").firstElementChild;
    const [press] = item.getElementsByTagName("button");
    press.querySelector("b").textContent = guest.name;
    press.querySelector("[data-about]").textContent = joined(guest.post, guest.unit, guest.line);
    const state = there ? here(words.here, there.event) : stood ? words.stood_in.replace("{name}", stood.event.name) : guest.due ? words.missing : words.other;
    press.querySelector("[data-state]").textContent = state;
    item.classList.toggle("here", Boolean(there));
    press.addEventListener("click", () => mark(guest));
    item.querySelector("[data-replace]").addEventListener("click", () => replace(guest));
    item.querySelector("[data-replace]").hidden = Boolean(there);
    const undo = item.querySelector("[data-undo]");
    undo.hidden = !there;
    undo.addEventListener("click", () => back(idsOf(there)));
    return item;
  }

  function point() {
    rows.forEach(({ item }, n) => {
      if (n === at) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
    const row = rows[at];
    place("desk-told").textContent = row ? joined(words.matches.replace("{n}", rows.length), row.guest.name, row.guest.unit) : "";
  }

  function move(by) {
    if (!rows.length) return;
    at = (at + by + rows.length) % rows.length;
    point();
    rows[at].item.scrollIntoView({ block: "nearest" });
  }

  // verdict says in large letters what became of a press: ok, warn or bad.
  function verdict(kind, { says, guest, event, help = "", undo }) {
    const box = place("desk-verdict");
    box.className = `desk-verdict ${kind}`;
    box.replaceChildren(pattern("desk-verdict-row"));
    box.querySelector(".desk-says").textContent = says;
    box.querySelector("h2").textContent = guest?.name ?? "";
    box.querySelector("[data-about]").textContent = guest ? joined(guest.post, guest.unit, guest.line) : "";
    box.querySelector(".desk-seat").textContent = guest?.seat ? words.seat.replace("{seat}", guest.seat) : "";
    box.querySelector("[data-help]").textContent = help;
    for (const part of box.querySelectorAll("h2, p")) part.hidden = part.textContent === "";
    const ids = undo ?? (event ? [event.id] : []);
    box.querySelector("[data-undo]").hidden = !ids.length;
    box.querySelector("[data-undo]").addEventListener("click", () => back(ids));
    box.hidden = false;
    sound(kind);
  }

  return {
    found,
    move,
    verdict,
    // hush takes the last verdict away once somebody else is looked for.
    hush: () => (place("desk-verdict").hidden = true),
    chosen: () => rows[at]?.guest,
    // again says that somebody is here already: when, and at which desk.
    again: (guest, there) => verdict("warn", { says: here(words.again_js, there.event), guest, undo: idsOf(there) }),
    counted(n, of, waits) {
      document.querySelector("[data-count]").textContent = n.toLocaleString("vi-VN");
      document.querySelector("[data-of]").textContent = words.count.replace("{n}", of.toLocaleString("vi-VN"));
      waiting(waits);
    },
    listed({ guests, at: asked }) {
      const line = place("desk-list");
      line.textContent = line.dataset.text.replace("{n}", guests.length).replace("{time}", time(asked));
    },
    lately(events, guests) {
      const known = new Map(guests.map((guest) => [guest.id, guest]));
      const last = events.sort((a, b) => b.at - a.at).slice(0, longest);
      place("desk-lately").hidden = !last.length;
      place("desk-lately").querySelector("ul").replaceChildren(...last.map((event) => late(event, known.get(event.delegate), back)));
    },
    saved(where) {
      const line = place("desk-saved");
      line.querySelector(`.${where}`).textContent = line.dataset[where].replace("{time}", time(Date.now()));
    },
    waiting,
  };
}

const idsOf = (there) => (there ? [there.event, ...there.again].map(({ id }) => id) : []);
const here = (text, event) => text.replace("{time}", time(event.at)).replace("{desk}", event.desk);

function waiting(n) {
  const line = place("desk-saved");
  const text = n ? joined(navigator.onLine ? "" : line.dataset.offline, line.dataset.waiting.replace("{n}", n)) : "";
  if (line.querySelector(".waiting").textContent !== text) line.querySelector(".waiting").textContent = text;
  line.classList.toggle("behind", n > 0);
}

function late(event, guest, back) {
  const item = pattern("desk-late-row").firstElementChild;
  item.querySelector("b").textContent = guest?.name ?? event.name ?? "";
  item.querySelector("small").textContent = joined(time(event.at), guest?.unit ?? event.unit);
  item.querySelector("[data-undo]").addEventListener("click", () => back([event.id]));
  return item;
}

// sound is off until somebody asks for it: one tone for well, two for a look.
let tones = null;
const bell = place("desk-sound");
if (bell && "AudioContext" in window) {
  bell.hidden = false;
  bell.addEventListener("click", () => {
    tones = tones ? (tones.close(), null) : new AudioContext();
    bell.setAttribute("aria-pressed", String(Boolean(tones)));
  });
}

function sound(kind) {
  if (!tones) return;
  const pitches = { ok: [880], warn: [660, 660], bad: [220, 220] }[kind];
  pitches.forEach((pitch, n) => {
    const tone = tones.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(tones.destination);
    tone.start(tones.currentTime + 0.18 * n);
    tone.stop(tones.currentTime + 0.18 * n + 0.12);
  });
}
