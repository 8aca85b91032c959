// The program of the room on this device: the rules and the views of the server,
// compiled for the browser (cmd/device).
import "wasm_exec";

let started = null;

// device starts the program at an address, once; null where the browser cannot run
// it or it cannot be fetched. It runs as long as the page: if a fault ends it
// before, ended is called.
export function device(address, ended) {
  started ??= start(address, ended).catch(() => null);
  return started;
}

async function start(address, ended) {
  const go = new window.Go();
  const { instance } = await compiled(address, go.importObject);
  go.run(instance).then(ended, ended);
  return window.chiboDevice;
}

async function compiled(address, imports) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  if (WebAssembly.instantiateStreaming) return WebAssembly.instantiateStreaming(answer, imports);
  return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
