// fold reads the log of a sitting as the server does (reception/fold.go): the earliest
// event of a person stands, what was taken back is as if it had never been said, of two
// verdicts on one pair the later one holds. It returns who came, by time: { person, event,
// again }.
export function fold(events) {
  const all = [...new Map(events.map((event) => [event.id, event])).values()].sort(inOrder);
  const gone = new Set(all.filter(({ kind }) => kind === "back").map(({ of }) => of));
  const log = all.filter(({ id }) => !gone.has(id));
  const { group, named } = judge(log);
  const people = new Map();
  for (const event of log) {
    if (event.kind !== "came") continue;
    const key = group(event.delegate || event.id);
    const came = people.get(key);
    if (!came) {
      people.set(key, { person: event.delegate || named.get(key) || event.id, event, again: [] });
      continue;
    }
    came.again.push(event);
    if (event.delegate && came.person === came.event.id) came.person = event.delegate;
  }
  return [...people.values()];
}

// heard is an event of the server as the device keeps it: times are numbers here.
export const heard = (event) => ({ ...event, at: Date.parse(event.at) });

const inOrder = (a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

// judge joins those who were said to be one. named are the delegates whom that names.
function judge(log) {
  const verdicts = new Map();
  for (const event of log) {
    if (event.kind !== "same" && event.kind !== "apart") continue;
    verdicts.set([event.of, event.with || event.delegate].sort().join(" "), event);
  }
  const up = new Map();
  const group = (key) => {
    while (up.has(key)) key = up.get(key);
    return key;
  };
  const same = [...verdicts.values()].filter(({ kind }) => kind === "same");
  for (const verdict of same) {
    const [low, high] = [group(verdict.of), group(verdict.with || verdict.delegate)].sort();
    if (low !== high) up.set(high, low);
  }
  const named = new Map();
  for (const { of, delegate } of same) {
    const key = group(of);
    if (delegate && !(named.get(key) <= delegate)) named.set(key, delegate);
  }
  return { group, named };
}
