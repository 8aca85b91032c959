// passkeys answers the buttons data-passkey="get" and "create" of a form: the browser
// asks its owner for finger, face or PIN, and what the device signs becomes the value of
// the button. data-question holds what the server asks. Buttons that a browser could not
// serve stay hidden, and the lines data-passkey-cannot beside them shown.
import { say } from "./say.js";

export function passkeys(root) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const button of root.querySelectorAll("[data-passkey]")) button.hidden = false;
  for (const line of root.querySelectorAll("[data-passkey-cannot]")) line.hidden = true;
  root.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-passkey]");
    if (!button || button.value) return; // filled below: on its way
    event.preventDefault();
    try {
      button.value = JSON.stringify(await answer(button.dataset.passkey, JSON.parse(button.dataset.question)));
    } catch {
      return say(button.dataset.failed, 8_000); // called off, or no key here
    }
    button.form.requestSubmit(button);
  });
}

async function answer(kind, { publicKey }) {
  publicKey.challenge = bytes(publicKey.challenge);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    for (const known of publicKey[list] ?? []) known.id = bytes(known.id);
  }
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  const { id, type, rawId, response, authenticatorAttachment } = await navigator.credentials[kind]({ publicKey });
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) said[part] = text(response[part]);
  }
  return { id, type, rawId: text(rawId), response: said, authenticatorAttachment, clientExtensionResults: {} };
}

// Older telephones have no such conversions of their own.
function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
