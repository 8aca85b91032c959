// Finding people by what is typed, as the server does (reception/roster.go, kit/search).

// plain is a text as a search without accents sees it.
export function plain(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{Mn}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/[đð]/g, "d")
    .trim()
    .split(/\s+/)
    .join(" ");
}

// matches says whether every word begins a word of the name, those of the name in their
// order, or a word of the unit: "nguyen v a" is "Nguyễn Văn An".
export function matches(words, name, unit) {
  let names = name;
  const units = [...unit];
  for (const word of words) {
    const at = names.findIndex((one) => one.startsWith(word));
    if (at >= 0) {
      names = names.slice(at + 1);
      continue;
    }
    const there = units.findIndex((one) => one.startsWith(word));
    if (there < 0) return false;
    units.splice(there, 1);
  }
  return true;
}

// index prepares guests to be found.
export function index(guests) {
  const all = guests.map((guest) => ({ guest, name: plain(guest.name).split(" "), unit: plain(guest.unit).split(" ") }));
  const byMark = new Map(guests.map((guest) => [guest.mark, guest]));
  return {
    // find returns at most so many: those of this sitting first, or whoever has the number.
    find(typed, most) {
      const words = plain(typed).split(" ").filter(Boolean);
      if (!words.length) return [];
      const numbered = /^\d+$/.test(typed.trim()) ? guests.filter(({ number }) => number === Number(typed)) : [];
      const found = all.filter(({ name, unit }) => matches(words, name, unit)).map(({ guest }) => guest);
      const rest = found.filter((guest) => !numbered.includes(guest));
      return [...numbered, ...rest.filter(({ due }) => due), ...rest.filter(({ due }) => !due)].slice(0, most);
    },
    byMark: (mark) => byMark.get(mark),
  };
}

// codeIn is the code in what was scanned: the address of an invitation, or the bare code;
// "" is for a name.
export function codeIn(text) {
  const address = text.match(/\/i\/([^/?#\s]+)/i);
  if (address) return address[1];
  return /^[A-Z2-7]{20,40}$/i.test(text.trim()) ? text.trim() : "";
}

// markOf is what the list holds of a code: half of its SHA-256.
export async function markOf(code) {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code.toUpperCase()));
  return [...new Uint8Array(sum)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
