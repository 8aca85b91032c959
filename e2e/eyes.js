// What a page does not let its readers see or reach, each as a line of words. Looked
// through by looks_test.go, in the sizes that it names.
(() => {
	const said = (e) => e.outerHTML.slice(0, 140);
	const few = (found) => [...new Set(found)].slice(0, 6);
	const styles = new Map();
	const style = (e) => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
	const up = function* (e) { for (; e; e = e.parentElement) yield e; };
	const shown = (e) => e.checkVisibility({ visibilityProperty: true });

	// wide names what sticks out of the window, where the page can be pushed sideways.
	const wide = () => document.documentElement.scrollWidth <= innerWidth ? [] :
		["the page is " + document.documentElement.scrollWidth + " px wide", ...[...document.querySelectorAll("body *")]
			.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(said)];

	// small names the buttons, fields and links that are under 48 px, except links in
	// running text and what only the keyboard brings up.
	const small = () => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")]
		.map((e) => [e, ["checkbox", "radio"].includes(e.type) ? e.closest("label") ?? e.labels[0] ?? e : e])
		.filter(([, target]) => shown(target) && style(target).display !== "inline" && !target.closest(".skip, [aria-hidden=true]"))
		.filter(([, target]) => { const box = target.getBoundingClientRect(); return box.height < 47.5 || box.width < 47.5; })
		.map(([e]) => said(e));

	// sideways names what has to be pushed sideways to be read. A table, a picture and what
	// was typed line by line may: their meaning is in two directions.
	const sideways = () => [...document.querySelectorAll("body *")]
		.filter((e) => e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(style(e).overflowX) && shown(e))
		.filter((e) => !e.matches("textarea, input, select") && !e.querySelector("table, svg:not(.i), img, pre"))
		.map(said);

	// texts are the lines of text that can be seen, as boxes, with what stands around each.
	function texts() {
		const out = [];
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walk.nextNode(); node; node = walk.nextNode()) {
			const e = node.parentElement;
			if (!node.data.trim() || !shown(e) || e.closest("script, style, option, svg, .skip")) continue;
			const around = [...up(e)];
			if (around.some((a) => style(a).clipPath !== "none" || ["fixed", "sticky"].includes(style(a).position))) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const r of range.getClientRects()) {
				if (r.width > 1 && r.height > 1) out.push({ node, around, left: r.left, right: r.right, top: r.top, bottom: r.bottom });
			}
		}
		return out;
	}

	// cut names texts that do not fit into what stands around them: into the frame that is
	// drawn, or into what hides the rest.
	const cut = (all) => all.flatMap((t) => {
		for (const a of t.around) {
			const s = style(a);
			if ([s.overflowX, s.overflowY].some((o) => o === "auto" || o === "scroll")) return []; // it can be pushed to
			const hides = [s.overflowX, s.overflowY].some((o) => o === "hidden" || o === "clip");
			const framed = s.display !== "inline" && (s.backgroundColor !== "rgba(0, 0, 0, 0)" ||
				["Left", "Right", "Bottom"].some((side) => s["border" + side + "Style"] !== "none" && parseFloat(s["border" + side + "Width"]) > 0));
			if (!hides && !framed) continue;
			const box = a.getBoundingClientRect();
			if (t.left < box.left - 2 || t.right > box.right + 2 || t.top < box.top - 6 || t.bottom > box.bottom + 6) {
				return ["“" + t.node.data.trim().slice(0, 40) + "” in " + said(a)];
			}
		}
		return [];
	});

	// overlapping names texts that stand on each other.
	function overlapping(all) {
		const found = [];
		const lines = all.map((t) => {
			let [left, right, top, bottom] = [t.left, t.right, t.top + (t.bottom - t.top) * 0.22, t.bottom - (t.bottom - t.top) * 0.22];
			for (const a of t.around) {
				const s = style(a);
				if (s.overflowX === "visible" && s.overflowY === "visible") continue;
				const box = a.getBoundingClientRect();
				[left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
			}
			return { node: t.node, left, right, top, bottom };
		}).filter((l) => l.right - l.left > 2 && l.bottom - l.top > 2).sort((a, b) => a.top - b.top);
		for (let i = 0; i < lines.length; i++) {
			for (let k = i + 1; k < lines.length && lines[k].top < lines[i].bottom - 1; k++) {
				const [a, b] = [lines[i], lines[k]];
				if (a.node !== b.node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2) {
					found.push("“" + a.node.data.trim().slice(0, 40) + "” and “" + b.node.data.trim().slice(0, 40) + "” in " + said(b.node.parentElement));
				}
			}
		}
		return found;
	}

	const colour = (s) => { const v = (s.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number); return { rgb: v.slice(0, 3), alpha: v[3] ?? 1 }; };
	const light = ({ rgb }) => { const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
	const ground = (e) => { for (const a of up(e)) { const c = colour(style(a).backgroundColor); if (c.alpha > 0.5) return c; } return { rgb: [255, 255, 255], alpha: 1 }; };

	// faint names fields and buttons whose edge, and signs and bars whose line, do not stand
	// out from what is around them by three to one. Words with a line under them need no edge.
	function faint() {
		const found = [];
		for (const e of document.querySelectorAll("button, a.btn, summary.btn, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])")) {
			const s = style(e);
			if (!shown(e) || e.closest("[disabled], [aria-disabled=true], .said, [aria-hidden=true]") || s.textDecorationLine.includes("underline")) continue;
			const outside = ground(e.parentElement), inside = colour(s.backgroundColor), edge = colour(s.borderBottomColor);
			const seen = [inside.alpha > 0.5 ? contrast(inside, outside) : 1, parseFloat(s.borderBottomWidth) > 0 && edge.alpha > 0.5 ? contrast(edge, outside) : 1];
			if (Math.max(...seen) < 3) found.push(Math.max(...seen).toFixed(2) + ":1 " + said(e));
		}
		for (const e of document.querySelectorAll("svg.i, .meter :is(rect, path)")) {
			if (!shown(e) || e.closest("[disabled], [aria-disabled=true]")) continue;
			const line = colour(e.matches(".i") ? style(e).stroke : style(e).fill), on = ground(e);
			if (contrast(line, on) < 3) found.push(contrast(line, on).toFixed(2) + ":1 " + said(e.parentElement));
		}
		return found;
	}

	const axe = () => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"], preload: false })
		.then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + " " + n.html.slice(0, 160) + " " + n.failureSummary.slice(0, 300))));

	// The looks at a page, by size.
	window.eyes = async (...what) => {
		styles.clear();
		const all = what.includes("text") ? texts() : [];
		const looks = {
			axe: async () => ({ axe: await axe() }),
			wide: () => ({ "wider than the window": wide() }),
			small: () => ({ "too small for a finger": small() }),
			sideways: () => ({ "to be pushed sideways": sideways() }),
			faint: () => ({ "too faint": faint() }),
			text: () => ({ "cut off": cut(all), "on each other": overlapping(all) }),
		};
		const out = [];
		for (const w of what) {
			for (const [k, found] of Object.entries(await looks[w]())) out.push(...few(found).map((f) => k + ": " + f));
		}
		return out;
	};
})()
