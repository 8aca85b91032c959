// copying answers buttons data-copy="text"; data-copied is said when it is done.
import { say } from "./say.js";

export function copying(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(button.dataset.copied);
    } catch {
      // An old browser, or a page without TLS: show the text to be marked by hand.
      window.prompt(button.textContent.trim(), button.dataset.copy);
    }
  });
}
