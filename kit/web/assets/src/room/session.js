// A session that ends during the evening: the page stays, a window asks to sign in
// again, and what was written down goes on.

const box = () => document.getElementById("room-sign-in");

// session prepares the window; resume is called when somebody has signed in.
export function session(resume) {
  box().addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.getAttribute("action") !== "/sign-in") return;
    event.preventDefault();
    event.stopPropagation();
    if (await signIn(form)) {
      form.reset();
      box().close();
      resume();
    }
  });
}

// ask opens the window unless it is open. That of a helper, who has no name to sign in
// with, says that their time is over.
session.ask = () => {
  if (!box().open) box().showModal();
};

// asks reports whether the window is open.
session.asks = () => box().open;

async function signIn(form) {
  const problem = box().querySelector(".problem");
  problem.hidden = true;
  try {
    const response = await fetch("/sign-in", { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (response.type === "opaqueredirect") return true;
  } catch {
    // no network: the window stays
  }
  problem.textContent = problem.dataset.wrong;
  problem.hidden = false;
  return false;
}
