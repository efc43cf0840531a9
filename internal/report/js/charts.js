"use strict";
// Drawings: Observable Plot for those with axes, plain boxes for those inside
// a table. Each stands beside its numbers.

const sideColours = { domain: enums.side, range: enums.side.map((s) => `var(--${s})`), tickFormat: (s) => sideNames[s] };
const sideSymbols = { domain: enums.side, range: ["circle", "square", "triangle"], legend: true, tickFormat: (s) => sideNames[s] };
const positionColours = { domain: enums.position, range: enums.position.map((s) => `var(--${s})`), tickFormat: (s) => callNames[s] };
const fixed = (x) => (x > 0 ? "+" : x < 0 ? "−" : "") + Math.abs(x).toFixed(1);
const dayText = (date) => date.toISOString().slice(0, 10);
const interval = (g) => (g.low === null ? "too few articles" : g.low === g.high ? "all alike" : `${fixed(g.low)} to ${fixed(g.high)}`);

// figure frames a drawing with a title, a note and its numbers as a table.
function figure(title, note, drawing, head, lines) {
  return el("figure", {},
    el("figcaption", {}, el("h3", {}, title), el("p", { class: "note" }, note)),
    el("div", { class: "drawing" }, drawing),
    el("details", { class: "numbers" }, el("summary", {}, "The numbers"),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
        el("table", {}, el("thead", {}, el("tr", {}, head.map((h) => el("th", { scope: "col" }, h)))),
          el("tbody", {}, lines.map((l) => el("tr", {}, l.map((c) => el("td", {}, String(c))))))))));
}

// plot draws with what all drawings share.
function plot(label, options) {
  const svg = Plot.plot({ style: { "--plot-background": "var(--page)", background: "none", fontSize: "12px", fontFamily: "inherit", overflow: "visible" }, ...options });
  const drawing = svg.tagName === "svg" ? svg : svg.querySelector(":scope > svg");
  for (const inner of svg.querySelectorAll("svg")) inner.setAttribute("aria-hidden", "true"); // swatches of a legend
  for (const group of drawing.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
  drawing.removeAttribute("aria-hidden");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  return svg;
}

// sidesChart is where each side stands in each host country.
function sidesChart(list, width) {
  const found = groups(list, (p) => `${p[HOST]}/${p[SIDE]}`).map((g) => ({ ...g, host: hostName(g.list[0][HOST]), side: enums.side[g.list[0][SIDE]] }));
  const order = [...new Set(found.map((g) => g.host))].slice(0, 12);
  const shown = found.filter((g) => order.includes(g.host));
  const dots = { x: "score", y: "side", fy: "host", stroke: "side", symbol: "side", r: 5, strokeWidth: 2, title: (g) => `${g.host}, ${sideNames[g.side]}: ${fixed(g.score)} (${interval(g)}), ${count(g.articles, "article")}`, tip: true };
  const drawing = plot("Mean position by host country and side, from -2, against, to +2, in favor", {
    width, marginLeft: Math.min(130, width / 4), marginRight: 18, marginTop: 8, marginBottom: 40,
    height: 60 + 52 * order.length,
    x: { domain: [-2, 2], label: "← against    mean position    in favor →", labelAnchor: "center", ticks: width < 500 ? [-2, 0, 2] : 5, tickFormat: fixed, labelArrow: "none" },
    y: { domain: enums.side, axis: null, padding: 0.4 }, fy: { domain: order, label: null, axis: "left", padding: 0.2 },
    color: sideColours, symbol: sideSymbols,
    marks: [
      Plot.frame({ stroke: "none", fill: "var(--band)" }), Plot.gridX({ ticks: 5 }), Plot.ruleX([0], { stroke: "var(--ink)", strokeOpacity: 0.5 }),
      Plot.ruleY(shown.filter((g) => g.low !== null), { x1: "low", x2: "high", y: "side", fy: "host", stroke: "side", strokeWidth: 3, strokeOpacity: 0.55 }),
      Plot.dot(shown.filter((g) => g.low !== null), { ...dots, fill: "side" }),
      Plot.dot(shown.filter((g) => g.low === null), { ...dots, fill: "var(--page)" }),
    ],
  });
  const note = "Mean over articles of each holder's position, −2 (strongly against) to +2 (strongly in favor). Bars: 95 % bootstrap interval by article; hollow marks rest on fewer than five articles and have none.";
  return figure("Who stands where", note, drawing, ["Host country", "Side", "Mean", "95 % interval", "Articles", "Positions"],
    found.map((g) => [g.host, sideNames[g.side], fixed(g.score), interval(g), g.articles, g.n]));
}

// timeline is two drawings over one axis of time: the mean by side, and how
// many positions of each kind there were.
function timeline(list, width) {
  const step = bin(list);
  if (!step) return el("p", { class: "empty" }, "No dated article passes the filters: there is no timeline.");
  const at = (p) => { const d = dayOf(p[ARTICLE]); return d ? +step.floor(new Date(d)) : null; };
  const means = enums.side.flatMap((side, s) => groups(list.filter((p) => p[SIDE] === s), at).map((g) => ({ ...g, side, date: new Date(g.key) })))
    .sort((a, b) => a.date - b.date);
  const counts = groups(list, at).flatMap((g) => g.counts.map((n, i) => ({ date: new Date(g.key), position: enums.position[i], n }))).filter((c) => c.n > 0);
  const dates = d3.extent(counts, (c) => c.date);
  const domain = [step.floor.offset(dates[0], -1), step.floor.offset(dates[1], 2)];
  const dots = { x: "date", y: "score", stroke: "side", symbol: "side", r: 4, title: (m) => `${dayText(m.date)}, ${sideNames[m.side]}: ${fixed(m.score)} (${interval(m)}), ${count(m.articles, "article")}`, tip: true };
  const x = { type: "utc", domain, label: null };
  const upper = plot(`Mean position by ${step.unit} and side`, {
    width, height: 230, marginLeft: 44, x, y: { domain: [-2, 2], label: "mean position", ticks: 5, grid: true, tickFormat: fixed }, color: sideColours, symbol: sideSymbols,
    marks: [
      Plot.ruleY([0], { strokeOpacity: 0.6 }),
      Plot.ruleX(means.filter((m) => m.low !== null), { x: "date", y1: "low", y2: "high", stroke: "side", strokeWidth: 3, strokeOpacity: 0.35 }),
      Plot.lineY(means, { x: "date", y: "score", stroke: "side", z: "side", strokeWidth: 1.5, strokeOpacity: 0.7 }),
      Plot.dot(means.filter((m) => m.low !== null), { ...dots, fill: "side" }),
      Plot.dot(means.filter((m) => m.low === null), { ...dots, fill: "var(--page)" }),
    ],
  });
  const lower = plot(`Positions by ${step.unit} and kind`, {
    width, height: 170, marginLeft: 44, x, y: { label: "positions", grid: true, ticks: 4, tickFormat: (v) => (Number.isInteger(v) ? String(v) : "") }, color: { ...positionColours, legend: true },
    marks: [Plot.rectY(counts, { x1: "date", x2: (c) => step.floor.offset(c.date, 1), y: "n", fill: "position", order: enums.position, insetLeft: 0.5, insetRight: 0.5,
      title: (c) => `${dayText(c.date)}: ${c.n} ${callNames[c.position]}`, tip: true }), Plot.ruleY([0])],
  });
  const note = `By ${step.unit}, of ${step.dated} positions in dated articles (${list.length - step.dated} are undated and left out). Bars through the marks: 95 % bootstrap interval by article, from five articles on.`;
  return figure("Over time", note, el("div", {}, upper, lower), [step.unit + " of", "Side", "Mean", "95 % interval", "Articles"],
    means.map((m) => [dayText(m.date), sideNames[m.side], fixed(m.score), interval(m), m.articles]));
}

// gauge is one group's mean and interval as boxes in a table cell.
function gauge(g) {
  const at = (v) => `${((v + 2) / 4) * 100}%`;
  const parts = [el("span", { class: "zero" })];
  if (g.low !== null) parts.push(el("span", { class: "range", style: `left:${at(g.low)};width:calc(${at(g.high)} - ${at(g.low)})` }));
  parts.push(el("span", { class: g.low === null ? "dot hollow" : "dot", style: `left:${at(g.score)}` }));
  return el("div", { class: "gauge", "aria-hidden": "true" }, parts);
}

// shares is how many positions are of which kind, as one bar.
function shares(g) {
  const said = enums.position.map((p, i) => [p, g.counts[i]]).filter(([, n]) => n > 0);
  return el("div", { class: "shares", role: "img", "aria-label": said.map(([p, n]) => `${n} ${callNames[p]}`).join(", ") },
    said.map(([p, n]) => el("span", { class: p, style: `flex-grow:${n}`, title: `${n} ${callNames[p]}` }, String(n))));
}
