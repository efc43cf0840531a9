"use strict";
// Statements as cards, a page of them at a time.

const PAGE = 25;

// el makes an element. Children are nodes, strings (put in as text, never as
// markup) or lists of them.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") node.style.cssText = value;
    else if (value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== ""));
  return node;
}

const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

// inContext is a row's context with quote, cue and speaker marked. Marks may
// lie in one another: the text is cut wherever one begins or ends.
function inContext(row) {
  const text = row.context;
  const cuts = [...new Set([0, text.length, ...row.marks.flatMap(([from, to]) => [from, to])])].sort((a, b) => a - b);
  const names = ["quote", "cue", "speaker"];
  return cuts.slice(1).map((to, i) => {
    const piece = text.slice(cuts[i], to).replace(/\s*\n\s*/g, "\n");
    const kinds = row.marks.filter(([a, b]) => a <= cuts[i] && to <= b).map(([, , what]) => names[what]);
    return kinds.length === 0 ? piece : el(kinds.includes("quote") ? "mark" : "span", { class: kinds.join(" ") }, piece);
  });
}

// chip says what a row is called, in words and not by colour alone.
function chip(row) {
  const stance = enums.stance[row.stance];
  if (row.call === "abstained") return el("span", { class: "chip abstained" }, `Abstained: too uncertain to call`);
  const strong = Math.abs(row.strength ?? 0) === 2 ? "strongly " : "";
  return el("span", { class: `chip ${stance}` }, strong + callNames[stance]);
}

// certainty tells who called a row, and how surely.
function certainty(row) {
  if (row.human) return `checked by ${row.human}`;
  const percent = Math.round(row.p * 100);
  return row.call === "abstained" ? `most probable: ${callNames[enums.stance[row.stance]]}, ${percent} %` : `certain to ${percent} %`;
}

// source names a row's article, with a link where the address is one of the web.
function source(article) {
  const a = articles[article];
  const title = a.title || "(no headline)";
  return [a.day || "undated", " · ", outletName(a.outlet), " · ",
    /^https?:\/\//i.test(a.url ?? "") ? el("a", { href: a.url, rel: "noopener noreferrer", target: "_blank" }, title) : el("cite", {}, title)];
}

const actorLink = (holder) => el("a", { href: link("actor/" + encodeURIComponent(actors[holder].id)) }, name(holder));

// card is one statement.
function card(row) {
  const side = enums.side[row.side];
  const notes = [
    row.actor ? `in the words of ${row.actor}` : row.reporter ? `reported by ${row.reporter}` : "",
    row.headline ? "headline" : "", row.secondary ? "repeated" : "", kindNames[enums.kind[row.kind]], `tone ${enums.sentiment[row.sentiment]}`, certainty(row),
  ].filter(Boolean);
  return el("article", { class: `statement ${row.call}`, id: row.id },
    el("h3", {}, actorLink(row.holder), el("span", { class: "about" }, ` ${sideNames[side]}, on forces in ${hostName(row.host)}`), " ", chip(row)),
    el("blockquote", {}, inContext(row)),
    el("p", { class: "source" }, source(row.article)),
    el("p", { class: "notes" }, notes.join(" · "), row.group ? [" · ", el("a", { href: link("words/" + row.group) }, `in ${count(articlesOf(row.group).size, "article")}`)] : "",
      " ", el("code", { class: "id", title: "row_id, for classify explain" }, row.id)));
}

const grouped = d3.group(rows.filter((r) => r.group), (r) => r.group);
const articlesOf = (group) => new Set(grouped.get(group).map((r) => r.article));

// pager shows a list a page at a time; draw makes the nodes of some of it.
function pager(list, draw, label, size = PAGE) {
  const box = el("div", { class: "list", tabindex: "-1", "aria-label": label, role: "region" });
  const pages = Math.max(1, Math.ceil(list.length / size));
  const said = el("span", {});
  let at = 0;
  const button = (text, to) => el("button", { type: "button", onclick: () => { at = to(); show(); box.focus(); box.scrollIntoView({ block: "start" }); } }, text);
  const buttons = [button("First", () => 0), button("Previous", () => at - 1), button("Next", () => at + 1), button("Last", () => pages - 1)];
  const show = () => {
    box.replaceChildren(...[draw(list.slice(at * size, (at + 1) * size))].flat());
    said.textContent = `${(at * size + 1).toLocaleString("en")} to ${Math.min(list.length, (at + 1) * size).toLocaleString("en")} of ${list.length.toLocaleString("en")}`;
    buttons.forEach((b, i) => { b.disabled = i < 2 ? at === 0 : at === pages - 1; });
  };
  show();
  return [box, pages > 1 ? el("nav", { class: "pager", "aria-label": "Pages of " + label }, buttons.slice(0, 2), said, buttons.slice(2)) : ""];
}
