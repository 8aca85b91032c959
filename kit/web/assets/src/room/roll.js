// The long roll: names are looked for while they are typed, and marked without
// leaving the keyboard.

const rest = 150; // ms without a key after which is looked for

// finder shows, by show, the part of the roll whose names are typed. Enter marks the
// only one found as present and is ready for the next name; of several it goes to
// the first.
export function finder(root, show) {
  let timer = null;

  const look = async (box) => {
    clearTimeout(timer);
    timer = null;
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", "letter", "group", "since", "from"]) asked.delete(name);
    if (box.value.trim()) asked.set("q", box.value);
    const query = asked.toString();
    history.replaceState(null, "", location.pathname + (query && `?${query}`));
    await show();
  };

  root.addEventListener("input", (event) => {
    if (event.target.id !== "roll-find") return;
    clearTimeout(timer);
    timer = setTimeout(look, rest, event.target);
  });

  root.addEventListener("submit", async (event) => {
    const box = event.target.querySelector("#roll-find");
    if (!box) return;
    event.preventDefault();
    await look(box);
    const keys = [...root.querySelectorAll('.room-roll .room-mark button[value="present"]')];
    if (keys.length !== 1 || !box.value.trim()) return keys[0]?.focus();
    keys[0].click();
    box.value = "";
    await look(box);
    box.focus();
  });

  // A letter or a group begins anew.
  root.addEventListener("click", (event) => {
    const box = event.target.closest?.(".room-picks a") && document.getElementById("roll-find");
    if (box) box.value = "";
  });
}
