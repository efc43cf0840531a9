"use strict";
// The page's data, and which of it the filters let through.

const data = JSON.parse(document.getElementById("data").textContent);
const { actors, hosts, outlets, articles, enums } = data;

// Columns of a position: numbers, see read.go.
const ARTICLE = 0, HOLDER = 1, HOST = 2, SIDE = 3, POSITION = 4, SCORE = 5;

// A call is what the page says of a statement: the stance, or that the model
// would not say.
const calls = ["favor", "against", "mixed", "neutral", "abstained", "unrelated"];
const callNames = { favor: "in favor", against: "against", mixed: "mixed", neutral: "neutral", abstained: "abstained", unrelated: "not about the forces" };
const sideNames = { us: "US side", host: "host side", other: "others" };
const kindNames = { direct: "direct quote", indirect: "reported speech", mixed: "half quoted", act: "act" };

const rows = data.rows.map((row, at) => {
  const stance = enums.stance[row.stance];
  return { ...row, at, call: stance === "unrelated" ? stance : row.abstained ? "abstained" : stance };
});
const positions = data.positions;

const name = (holder) => actors[holder].name || "(no name)";
const hostName = (host) => hosts[host] || "(no country)";
const outletName = (outlet) => outlets[outlet] || "(outlet unknown)";
const dayOf = (article) => articles[article].day || "";

const byName = new Map(actors.map((_, i) => [name(i), i]));
const byID = new Map(actors.map((a, i) => [a.id, i]));

// searched is the text in which a search looks for its words, made when first
// asked for.
function searched(row) {
  row.searched ??= [row.context, name(row.holder), row.reporter, row.actor, articles[row.article].title].join(" ").toLowerCase();
  return row.searched;
}

// sameScope tells whether a holder, side, host and article pass the filters
// that statements and positions share.
function sameScope(f, holder, side, host, article) {
  const a = articles[article];
  return (f.holder === "" || name(holder) === f.holder) &&
    (f.side === "" || enums.side[side] === f.side) &&
    (f.host === "" || hosts[host] === f.host) &&
    (f.outlet === "" || outletName(a.outlet) === f.outlet) &&
    (f.from === "" || (a.day && a.day >= f.from)) &&
    (f.to === "" || (a.day && a.day <= f.to));
}

const passingPositions = (f) => positions.filter((p) => sameScope(f, p[HOLDER], p[SIDE], p[HOST], p[ARTICLE]));

// scopedRows is the rows that pass all filters but the stance.
function scopedRows(f) {
  const words = f.q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((r) => sameScope(f, r.holder, r.side, r.host, r.article) &&
    (f.kind === "" || enums.kind[r.kind] === f.kind) &&
    words.every((w) => searched(r).includes(w)));
}

// called is the rows of a stance; "" is all about the forces.
const called = (list, stance) => list.filter((r) => stance === "" ? r.call !== "unrelated" : r.call === stance);
