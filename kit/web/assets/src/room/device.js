// The program of the room on this device: the rules and the views of the server,
// compiled for the browser (cmd/device).
import "wasm_exec";

let started = null;

// device starts the program at an address, once; null where the browser cannot run
// it or it cannot be fetched.
export function device(address) {
  started ??= start(address).catch(() => null);
  return started;
}

async function start(address) {
  const go = new window.Go();
  const { instance } = await compiled(address, go.importObject);
  go.run(instance); // runs as long as the page
  return window.chiboDevice;
}

async function compiled(address, imports) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  if (WebAssembly.instantiateStreaming) return WebAssembly.instantiateStreaming(answer, imports);
  return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
