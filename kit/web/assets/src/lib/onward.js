// onward sends the form data-onward of a page by itself: its owner has pressed the button
// already, in another house. Without scripts they press once more.
export function onward(root) {
  root.querySelector("form[data-onward]")?.requestSubmit();
}
