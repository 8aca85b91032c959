// say shows a line for a moment and has it read aloud.
let place;

export function say(text, milliseconds = 4000) {
  if (!place) {
    place = document.createElement("div");
    place.className = "toasts";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  const line = document.createElement("div");
  line.textContent = text;
  place.append(line);
  setTimeout(() => line.remove(), milliseconds);
}
