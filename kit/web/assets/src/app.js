// What every page loads: htmx, and small helpers that wait for data-
// attributes. Pages work without any of it; nothing here is needed to read or
// to send a form.
import "./lib/hypermedia.js";
import { confirmations } from "./lib/confirm.js";
import { copying } from "./lib/copy.js";
import { forgetting } from "./lib/forget.js";
import { guards } from "./lib/guard.js";
import { idling } from "./lib/idle.js";
import { drafts } from "./lib/keep.js";
import { keys } from "./lib/keys.js";
import { letters } from "./lib/letters.js";
import { once } from "./lib/once.js";
import { onward } from "./lib/onward.js";
import { passkeys } from "./lib/passkey.js";
import { passwords } from "./lib/password.js";
import { printing } from "./lib/print.js";
import { problems } from "./lib/problems.js";
import { pushing } from "./lib/push.js";
import { uncovering } from "./lib/uncover.js";
import { voices } from "./lib/voice.js";

document.documentElement.classList.add("js");

// The order of those that watch a form being sent: the question first, then the draft,
// the permission to call this device, then the lock.
confirmations(document);
drafts(document);
guards(window);
pushing(document);
once(window);

copying(document);
forgetting(document);
idling(document);
keys(document);
letters(document);
passkeys(document);
passwords(document);
printing(document);
problems(document);
uncovering(document);
voices(document);
onward(document);
