// voices answers buttons data-voice="id": the text of that element is read aloud by
// the device. Many phones have a Vietnamese voice, many computers have none: then the
// button says so (data-none) and stays quiet.
export function voices(root) {
  const speech = window.speechSynthesis;
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-voice]");
    if (!button) return;
    if (speech?.speaking) return speech.cancel();
    const text = root.getElementById(button.dataset.voice);
    const language = text.closest("[lang]").lang;
    const voice = speech?.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
    if (!voice) return name(button, button.dataset.none);
    read(speech, voice, text.innerText, button);
  });
  window.addEventListener("pagehide", () => speech?.cancel());
  speech?.getVoices(); // asks for them: they come a moment later
}

function read(speech, voice, text, button) {
  const before = label(button).textContent;
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = 0.9; // a hall listens more slowly than a phone speaks
  said.onend = said.onerror = () => name(button, before);
  name(button, button.dataset.stop);
  speech.speak(said);
}

// label is where the words of a button stand, behind its picture.
const label = (button) => button.lastChild;

function name(button, words) {
  label(button).textContent = words;
}
