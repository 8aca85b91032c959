// live keeps a page up to date. It listens to the stream at an address and calls
//   state(data, id)  when the stream says how things are
//   poll()           every 10 s while there is no stream; true: the server answered
//   lost(time)       when the server is out of reach; time is when it last was not
//   found()          when it is back
// Hidden pages do not listen: they catch up when somebody looks at them.
const silence = 20_000; // the server gives a sign of life every 14 s
const pause = 10_000;
const shortest = 500;
const longest = 15_000;

export function live(address, { state = () => {}, poll = async () => true, lost = () => {}, found = () => {} }) {
  let source = null;
  let wait = shortest;
  let heard = Date.now(); // when the server last said anything
  let away = false;
  let retry = 0;
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
    try {
      if (!(await poll())) return gone();
      word();
    } catch {
      gone();
    }
  }

  setInterval(() => {
    if (document.visibilityState === "hidden") return;
    if (source?.readyState === EventSource.OPEN && Date.now() - heard < silence) return;
    if (source?.readyState === EventSource.OPEN) listen(); // it only looks open
    ask();
  }, pause);
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
