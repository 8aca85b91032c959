// Lists of names to be ticked: a field over each finds a name without accents.

// picks puts a search over the lists that have none yet.
export function picks(root) {
  for (const list of root.querySelectorAll("[data-pick]")) {
    if (list.querySelector("[data-find]")) continue;
    const find = document.createElement("input");
    find.type = "search";
    find.dataset.find = "";
    find.autocomplete = "off";
    find.placeholder = list.dataset.pick;
    find.setAttribute("aria-label", `${list.querySelector("legend").textContent}: ${list.dataset.pick}`);
    const none = document.createElement("p");
    none.className = "muted";
    none.setAttribute("role", "status");
    list.querySelector("legend").after(find, none);
  }
}

// finding hides the names that do not have every word that was typed; what is
// ticked stays in sight.
export function finding(root) {
  root.addEventListener("input", (event) => {
    const list = event.target.closest?.("[data-pick]");
    if (!list || event.target.dataset.find === undefined) return;
    const words = plain(event.target.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const choice of list.querySelectorAll("label.choice")) {
      const here = words.every((word) => plain(choice.textContent).includes(word));
      choice.hidden = !here && !choice.querySelector("input").checked;
      if (here) found++;
    }
    list.querySelector("[role=status]").textContent = found ? "" : list.dataset.none;
  });
  root.addEventListener("reset", (event) => {
    for (const choice of event.target.querySelectorAll("[data-pick] label.choice")) choice.hidden = false;
  });
  // Enter chooses the only name that is left and does not send the form.
  root.addEventListener("keydown", (event) => {
    const list = event.target.closest?.("[data-pick]");
    if (event.key !== "Enter" || !list || event.target.dataset.find === undefined) return;
    event.preventDefault();
    const open = [...list.querySelectorAll("label.choice:not([hidden]) input:not(:checked)")];
    if (open.length !== 1) return;
    open[0].click();
    event.target.value = "";
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// plain is a text in small letters without accents.
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}
