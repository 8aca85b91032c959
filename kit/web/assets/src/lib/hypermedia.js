// htmx under a policy that allows neither inline code nor other hosts. Its
// request mode is "same-origin" by default; text is never run as code.
import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";

function refuse() {
  throw new Error("attributes hold no code here");
}

htmx.config.includeIndicatorCSS = false;
htmx.config.extensions = "sse,no-code";
htmx.registerExtension("no-code", {
  init(api) {
    api.initSecurity(null, refuse, refuse);
  },
});
