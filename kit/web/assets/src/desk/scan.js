// scanning reads codes by the camera. The camera is asked for only when somebody presses,
// and let go at the next press or when the page is left.
const look = 200; // between two looks, in ms
const rest = 2_500; // within which one code is not told twice

// scanning offers the camera once there is something that reads codes: the browser, else
// the script at the address reader.
export async function scanning(tell, words, reader) {
  const button = document.getElementById("desk-camera");
  const video = document.getElementById("desk-video");
  if (!navigator.mediaDevices?.getUserMedia) return;
  if (!(await reads()) && !(await load(reader))) return;
  button.hidden = false;
  let stream = null;
  let last = { text: "", at: 0 };

  async function watch(detector) {
    if (!stream) return;
    const [code] = await detector.detect(video).catch(() => []);
    const again = code && code.rawValue === last.text && Date.now() - last.at < rest;
    if (code && !again) {
      last = { text: code.rawValue, at: Date.now() };
      await tell(code.rawValue);
    }
    setTimeout(() => watch(detector), look);
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }

  button.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      button.setAttribute("aria-pressed", "true");
      watch(new BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      stop();
      document.getElementById("desk-told").textContent = words.camera_no;
    }
  });
  window.addEventListener("pagehide", stop);
}

// reads says whether the browser itself reads such codes: some have the interface and
// nothing behind it.
async function reads() {
  if (!("BarcodeDetector" in window)) return false;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}

// load fetches a script; false: it is not to be had.
function load(address) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.onload = () => resolve(true);
    script.onerror = () => resolve(false);
    script.src = address;
    document.head.append(script);
  });
}
