// Reads codes in pictures where the browser has no BarcodeDetector of its own (Safari,
// Firefox, Chrome on Windows): the same interface, so that a desk need not know. It is
// loaded there only.
import { BarcodeDetector } from "qr/decode.js";

globalThis.BarcodeDetector = BarcodeDetector;
