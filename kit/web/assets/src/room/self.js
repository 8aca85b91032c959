// The name of this device among those that write a meeting: a random id, made once.
// With it everybody can tell what was written without knowing of what.
import { uuid7 } from "./act.js";

const place = "room:device";

export const self = recalled() ?? made();

function recalled() {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

// made is a new name. Where nothing is kept it lives as long as the page.
function made() {
  const id = uuid7(Date.now());
  try {
    localStorage.setItem(place, id);
  } catch {
    // no storage
  }
  return id;
}
