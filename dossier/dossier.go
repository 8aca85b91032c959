// Package dossier draws up the papers that the law asks of whoever holds political views of
// people (hồ sơ theo luật).
//
// Its story: something has leaked. The office says between which hours and by which
// accounts, and the log answers at once whose data were within reach, of which kinds, and
// how many people that are; the list goes out as a sheet, the report to the authority as a
// draft in Word. On quiet days the same office and the administrator take two packs out of
// the running program: the impact assessment of processing personal data (Luật
// 91/2025/QH15, 26/6/2025, and Nghị định 356/2025/NĐ-CP, in force since 01/01/2026) and the
// description of the system for its security level (Nghị định 85/2016/NĐ-CP, 01/7/2016;
// Thông tư 12/2022/TT-BTTTT, 12/8/2022; TCVN 11930:2017; whether these go on holding under
// Luật An ninh mạng 116/2025/QH15 was not found). What only people can say is left to them.
package dossier

import "chibo/kit/access"

// Trace is the need to ask whose data some accounts have reached.
const Trace access.Need = "dossier.trace"

// Pack is the need to take the descriptions of the running system.
const Pack access.Need = "dossier.pack"
