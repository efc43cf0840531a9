"use strict";
// The views: each makes the nodes of <main> for the filters in force.

const views = {
  "": { title: "Positions", make: overview },
  statements: { title: "Statements", make: statementsView },
  actors: { title: "Actors", make: actorsView },
  words: { title: "Same words", make: wordsView },
  method: { title: "How to read this", make: methodView },
};

const drawingWidth = () => document.getElementById("main").clientWidth - 4;
const nothing = () => el("p", { class: "empty" }, "Nothing passes the filters.");

function overview(f) {
  const list = passingPositions(f);
  if (list.length === 0) return [el("h2", {}, "Positions"), nothing()];
  const width = drawingWidth();
  return [
    el("h2", {}, "Positions"),
    sidesChart(list, width),
    timeline(list, width),
    el("h3", {}, "Actors with most articles"), positionsTable(groups(list, (p) => p[HOLDER]).slice(0, 12), "Actor", actorLink, actorNote),
    el("p", {}, el("a", { href: link("actors") }, `All ${count(new Set(list.map((p) => p[HOLDER])).size, "actor")}`)),
    el("h3", {}, "By the holder's country"), positionsTable(groups(list, (p) => actors[p[HOLDER]].country || null).slice(0, 20), "Country", (c) => c),
    el("p", { class: "note" }, `${count(list.filter((p) => !actors[p[HOLDER]].country).length, "position")} of holders without a known country are left out of this table.`),
  ];
}

const actorNote = (g) => [sideNames[enums.side[g.list[0][SIDE]]], actors[g.key].country].filter(Boolean).join(", ");

// positionsTable lists groups with their mean, interval and kinds.
function positionsTable(list, what, label, note = () => "") {
  return el("div", { class: "scroll" }, el("table", { class: "positions" },
    el("thead", {}, el("tr", {}, [what, "Articles", "Mean and 95 % interval", "", "Positions in articles"].map((h, i) => i === 3
      ? el("th", { scope: "col", class: "scale", "aria-hidden": "true" }, el("span", {}, "against"), el("span", {}, "in favor")) : el("th", { scope: "col" }, h)))),
    el("tbody", {}, list.map((g) => el("tr", {},
      el("th", { scope: "row" }, label(g.key), el("small", {}, note(g))),
      el("td", { class: "number" }, g.articles.toLocaleString("en")),
      el("td", { class: "mean" }, el("b", {}, fixed(g.score)), " ", el("small", {}, interval(g))),
      el("td", { class: "drawn" }, gauge(g)), el("td", { class: "drawn" }, shares(g)))))));
}

// statementsBlock is the rows that pass, with a count of each call to choose by.
function statementsBlock(f) {
  const all = scopedRows(f);
  const list = called(all, f.stance);
  const by = d3.rollup(all, (v) => v.length, (r) => r.call);
  const chips = calls.map((c) => el("button", { type: "button", class: `chip ${c}`, "aria-pressed": String(f.stance === c), disabled: !by.get(c), onclick: () => setFilter("stance", f.stance === c ? "" : c) },
    `${callNames[c]} ${(by.get(c) ?? 0).toLocaleString("en")}`));
  return [
    el("div", { class: "chips", role: "group", "aria-label": "Statements by stance" }, chips),
    el("p", { class: "count" }, count(list.length, "statement"), f.stance === "" ? " about the forces, the newest first" : ", the newest first"),
    list.length === 0 ? nothing() : pager(list, (some) => some.map(card), "statements"),
  ];
}

function statementsView(f) {
  return [
    el("h2", {}, "Statements"),
    data.scope.statements > rows.length ? el("p", { class: "note" }, `Listed are the newest ${count(rows.length, "statement")} of ${data.scope.statements.toLocaleString("en")}; positions rest on all.`) : "",
    el("p", { class: "legend" }, el("mark", { class: "quote" }, "words of the statement"), " ", el("span", { class: "speaker" }, "who says so"), " ", el("span", { class: "cue" }, "verb that reports")),
    statementsBlock(f),
  ];
}

function actorsView(f) {
  const list = groups(passingPositions(f), (p) => p[HOLDER]);
  return [el("h2", {}, "Actors"), list.length === 0 ? nothing() : pager(list, (some) => positionsTable(some, "Actor", actorLink, actorNote), "actors", 50)];
}

// spelled is the words that name an actor, pronouns left out.
function spelled(aliases = []) {
  const words = aliases.filter((w) => !/^(it|he|she|we|i|they|his|her|their|this|that|these|those|both)\b/i.test(w));
  return words.slice(0, 12).join("; ") + (words.length > 12 ? `; and ${words.length - 12} more` : "");
}

// actorView is the page of one actor.
function actorView(f, id) {
  const holder = byID.get(id);
  if (holder === undefined) return [el("h2", {}, "No such actor")];
  const a = actors[holder];
  const own = { ...f, holder: name(holder) };
  const list = passingPositions(own);
  const facts = [["Kind", a.type], ["Country", a.country], ["Part of", a.group], ["Named here as", spelled(a.aliases)], ["In the registry", a.known ? "yes" : "no: named by rule"]].filter(([, v]) => v);
  return [
    el("p", { class: "crumb" }, el("a", { href: link("actors") }, "Actors"), " ›"),
    el("h2", {}, name(holder)),
    el("dl", { class: "facts" }, facts.map(([k, v]) => [el("dt", {}, k), el("dd", {}, v)])),
    list.length === 0 ? el("p", { class: "empty" }, "No position: nothing this actor says passes the filters, counts and was certain enough to call.") : [
      el("h3", {}, "Position by host country"), positionsTable(groups(list, (p) => p[HOST]), "Host country", hostName),
      timeline(list, drawingWidth()),
    ],
    el("h3", {}, "Statements"), statementsBlock(own),
  ];
}

// wordsView lists utterances that several articles carry; one of them, if a
// number is given, with every wording.
function wordsView(f, number) {
  if (number) return wordsOf(Number(number));
  const passing = new Set(called(scopedRows(f), f.stance).map((r) => r.group));
  const list = [...grouped].filter(([g]) => passing.has(g)).map(([g, rs]) => ({ g, rs, outlets: new Set(rs.map((r) => articles[r.article].outlet)).size, stories: new Set(rs.map((r) => articles[r.article].story)).size }))
    .sort((a, b) => b.outlets - a.outlets || b.rs.length - a.rs.length || a.g - b.g);
  const note = "The same or nearly the same words of one holder in several articles. Articles that are near copies of one another are one story: one agency text printed five times is five outlets, but one story.";
  return [el("h2", {}, "The same words in several articles"), el("p", { class: "note" }, note),
    list.length === 0 ? nothing() : pager(list, (some) => some.map(wordsCard), "utterances")];
}

function wordsCard({ g, rs, outlets, stories }) {
  return el("article", { class: `statement ${rs[0].call}` }, el("h3", {}, actorLink(rs[0].holder), el("span", { class: "about" }, ` ${count(outlets, "outlet")}, ${count(articlesOf(g).size, "article")}, ${stories === 1 ? "1 story" : stories + " stories"}`), " ", chip(rs[0])),
    el("blockquote", {}, inContext(rs[0])), el("p", { class: "source" }, printedIn(rs), " · ", el("a", { href: link("words/" + g) }, "All wordings")));
}

// printedIn names the first outlets of an utterance, with the day.
function printedIn(rs) {
  const said = [...new Set(rs.map((r) => `${outletName(articles[r.article].outlet)} ${dayOf(r.article)}`.trim()))].reverse();
  return said.slice(0, 6).join("; ") + (said.length > 6 ? `; and ${said.length - 6} more` : "");
}

function wordsOf(group) {
  const rs = grouped.get(group);
  if (!rs) return [el("h2", {}, "No such utterance")];
  const seen = new Set();
  const one = rs.filter((r) => !seen.has(r.article + "/" + r.host) && seen.add(r.article + "/" + r.host));
  return [el("p", { class: "crumb" }, el("a", { href: link("words") }, "Same words"), " ›"), el("h2", {}, `${name(rs[0].holder)}, in ${count(articlesOf(group).size, "article")}`), pager(one, (some) => some.map(card), "wordings")];
}

function methodView() {
  const s = data.scope;
  const words = { labelled: "with statements", no_statement: "without", off_topic: "off topic", filtered: "filtered", broken: "broken" };
  const read = Object.keys(words).filter((k) => s.byStatus[k]).map((k) => `${s.byStatus[k].toLocaleString("en")} ${words[k]}`);
  const about = s.statements - s.unrelated;
  const lines = [
    ["What was read", `${count(s.articles, "article")}: ${read.join(", ")}.`],
    ["What was found", `${count(s.statements, "statement")} by holder and host country; ${s.unrelated.toLocaleString("en")} are not about the forces. Of the other ${about.toLocaleString("en")} the model abstained on ${s.abstained.toLocaleString("en")} (${Math.round((100 * s.abstained) / Math.max(1, about))} %); people labelled ${s.human.toLocaleString("en")}. Model: ${s.models.join(", ")}.`],
    ["Abstained", "The probability of the most likely stance is under the model's threshold. Such statements are shown, with a dashed edge, and count nowhere: no position or mean rests on them."],
    ["Position", "For one holder, host country and article: what the holder says in the body counts before headlines, own words before what others say of him, an utterance once. The score is the mean strength of these statements, weighted by certainty."],
    ["Mean and interval", `The mean of positions over articles, −2 to +2. The interval is where 95 % of ${DRAWS} means fall when the articles are drawn again at random, with replacement (bootstrap by article). Under ${LEAST} articles there is none. It tells how the mean varies with the articles read, not how often the model is wrong.`],
    ["Filters", "Holder, side, host country, outlet and dates hold for everything. Stance, kind and search narrow the list of statements alone: a mean over statements chosen by their stance would mean nothing."],
    ["Side", "Of the holder, relative to the host country: the US side, the host's, or others."],
  ];
  return [el("h2", {}, "How to read this page"), el("dl", { class: "method" }, lines.map(([k, v]) => [el("dt", {}, k), el("dd", {}, v)]))];
}
