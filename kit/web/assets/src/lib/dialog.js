// dialogs opens <dialog id="x"> from links data-open="x". Closing needs no
// script of ours: a form of method "dialog" and the Esc key do it.
export function dialogs(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-open]");
    const box = link && document.getElementById(link.dataset.open);
    if (!box?.showModal) return;
    event.preventDefault();
    box.showModal();
  });
  // A form that came back with problems inside a dialog is shown at once.
  for (const problems of root.querySelectorAll("dialog [data-problems]")) {
    problems.closest("dialog").showModal?.();
  }
}
