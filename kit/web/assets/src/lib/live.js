// live keeps a page up to date. It listens to the stream at an address and calls
//   state(data, id)  when the stream says how things are
//   poll()           every 10 s while there is no stream; true: the server answered
//   lost(time)       when the server is out of reach, at most 22 s after it was; time is
//                    when it last was not
//   found()          when it is back
// Hidden pages do not listen: they catch up when somebody looks at them.
const silence = 15_000; // the server gives a sign of life every 10 s
const glance = 3_000; // how often silence is looked for
const pause = 10_000;
const patience = 4_000; // how long a silent server may take to answer
const shortest = 500;
const longest = 15_000;

export function live(address, { state = () => {}, poll = async () => true, lost = () => {}, found = () => {} }) {
  let source = null;
  let wait = shortest;
  let heard = Date.now(); // when the server last said anything
  let away = false;
  let retry = 0;
  let asked = 0; // when the server was last asked
  let last = "";

  function word() {
    heard = Date.now();
    if (away) found();
    away = false;
  }

  function gone() {
    if (!away) lost(new Date(heard));
    away = true;
  }

  function listen() {
    clearTimeout(retry);
    source?.close();
    if (!("EventSource" in window) || document.visibilityState === "hidden") return;
    source = new EventSource(address);
    source.onopen = () => (wait = shortest);
    source.addEventListener("beat", word);
    source.addEventListener("state", (event) => {
      word();
      if (event.lastEventId === last) return;
      last = event.lastEventId;
      state(event.data, last);
    });
    source.onerror = () => {
      stop();
      ask();
      // Many devices lose the server at the same moment: not all come back at once.
      retry = setTimeout(listen, wait * (0.5 + Math.random()));
      wait = Math.min(2 * wait, longest);
    };
  }

  function stop() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  async function ask() {
    asked = Date.now();
    const late = setTimeout(gone, patience);
    try {
      if (!(await poll())) return gone();
      word();
    } catch {
      gone();
    } finally {
      clearTimeout(late);
    }
  }

  setInterval(() => {
    if (document.visibilityState === "hidden") return;
    const open = source?.readyState === EventSource.OPEN;
    if (open ? Date.now() - heard < silence : Date.now() - asked < pause) return;
    if (open) listen(); // it only looks open
    ask();
  }, glance);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return stop();
    listen();
    ask();
  });
  window.addEventListener("offline", gone);
  window.addEventListener("online", listen);
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
}
