// printing answers buttons data-print.
export function printing(root) {
  root.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
}
