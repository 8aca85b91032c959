// passwords shows and hides what is typed: buttons data-show-password="field id"
// with data-hide as the second word of the button.
export function passwords(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-show-password]");
    if (!button) return;
    const field = document.getElementById(button.dataset.showPassword);
    const show = field.type === "password";
    field.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
    [button.textContent, button.dataset.hide] = [button.dataset.hide, button.textContent];
    field.focus();
  });
}
