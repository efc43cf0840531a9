"use strict";
// The address after # holds the view and the filters, so that any state can be
// linked to, gone back to and printed.

const none = { q: "", holder: "", side: "", host: "", stance: "", kind: "", outlet: "", from: "", to: "" };
let filters = { ...none };

// link is the address of a view under the filters in force.
function link(view, f = filters) {
  const set = Object.entries(f).filter(([k, v]) => k in none && v !== "");
  return "#/" + view + (set.length ? "?" + new URLSearchParams(set) : "");
}

// place reads the address.
function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, id] = path.split("/");
  const given = Object.fromEntries(new URLSearchParams(query ?? ""));
  let name = "";
  try { name = decodeURIComponent(id ?? ""); } catch { name = id; }
  return { path, view, id: name, filters: Object.fromEntries(Object.keys(none).map((k) => [k, given[k] ?? ""])) };
}

function setFilter(key, value) {
  const { path, filters: f } = place();
  history.replaceState(null, "", link(path, { ...f, [key]: value }));
  show();
}

const used = (key, label) => [...new Set([...rows.map((r) => key(r.host, r.article)), ...positions.map((p) => key(p[HOST], p[ARTICLE]))])].map((i) => [label(i), label(i)]).sort((a, b) => a[0].localeCompare(b[0], "en"));

// makeFilters fills the form.
function makeFilters() {
  const select = (key, label, any, options) => el("label", {}, label, el("select", { name: key, onchange: (e) => setFilter(key, e.target.value) },
    el("option", { value: "" }, any), options.map(([value, text]) => el("option", { value }, text))));
  const input = (key, label, type, more = {}) => el("label", {}, label, el("input", { name: key, type, oninput: later(key), ...more }));
  const names = [...new Set(rows.map((r) => name(r.holder)))].sort((a, b) => a.localeCompare(b, "en"));
  const days = articles.map((a) => a.day).filter(Boolean).sort();
  const range = { min: days[0] ?? null, max: days.at(-1) ?? null };
  const form = document.getElementById("filters");
  form.addEventListener("submit", (e) => e.preventDefault());
  form.append(el("details", { class: "fold", open: innerWidth > 700 }, el("summary", {}, "Filters and search"), el("div", { class: "fields" },
    input("q", "Search in statements", "search", { placeholder: "words, in any order" }),
    input("holder", "Holder", "text", { list: "holders", placeholder: "any", autocomplete: "off" }), el("datalist", { id: "holders" }, names.map((n) => el("option", { value: n }))),
    select("side", "Side", "any", enums.side.map((s) => [s, sideNames[s]])),
    select("host", "Host country", "any", used((h) => h, hostName)),
    select("stance", "Stance", "about the forces", calls.map((c) => [c, callNames[c]])),
    select("kind", "Kind", "any", enums.kind.map((k) => [k, kindNames[k]])),
    select("outlet", "Outlet", "any", used((_, a) => articles[a].outlet, outletName)),
    input("from", "From", "date", range), input("to", "To", "date", range),
    el("button", { type: "button", class: "clear", onclick: () => { history.replaceState(null, "", link(place().path, none)); show(); } }, "Clear all"))));
}

// later waits for a pause in typing. A holder is heard when the name is whole.
function later(key) {
  let timer;
  return (e) => {
    clearTimeout(timer);
    const value = e.target.value;
    if (key === "holder" && value !== "" && !byName.has(value)) return;
    timer = setTimeout(() => setFilter(key, value), 150);
  };
}

// show makes the page say what the address asks for.
function show(moved = false) {
  const at = place();
  filters = at.filters;
  const view = views[at.view] ?? views[""];
  const nodes = at.view === "actor" ? actorView(filters, at.id) : view.make(filters, at.id);
  document.getElementById("main").dataset.shown = location.hash;
  document.getElementById("main").replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  document.getElementById("views").replaceChildren(...Object.entries(views).map(([k, v]) => el("a", { href: link(k), "aria-current": k === at.view || (at.view === "actor" && k === "actors") ? "page" : null }, v.title)));
  document.getElementById("applied").textContent = Object.entries(filters).filter(([, v]) => v).map(([k, v]) => `${k === "q" ? "search" : k}: ${callNames[v] ?? sideNames[v] ?? kindNames[v] ?? v}`).join("; ");
  document.getElementById("filters").hidden = at.view === "method";
  for (const key of Object.keys(none)) {
    const field = document.getElementById("filters").elements[key];
    if (field && field !== document.activeElement && field.value !== filters[key]) field.value = filters[key];
  }
  document.getElementById("status").textContent = document.querySelector("#main .count")?.textContent ?? document.querySelector("#main h2")?.textContent ?? "";
  if (moved) { scrollTo(0, 0); document.getElementById("main").focus({ preventScroll: true }); }
}

function start() {
  const s = data.scope, days = articles.map((a) => a.day).filter(Boolean).sort();
  const said = new Set(articles.map((a) => a.outlet));
  document.getElementById("scope").textContent = [count(s.articles, "article") + " read", count(said.size, "outlet"), count(s.statements - s.unrelated, "statement") + " about the forces",
    `abstained on ${Math.round((100 * s.abstained) / Math.max(1, s.statements - s.unrelated))} %`, days.length ? `${days[0]} to ${days.at(-1)}` : "undated"].join(" · ");
  document.getElementById("skip").addEventListener("click", (e) => { e.preventDefault(); document.getElementById("main").focus(); });
  makeFilters();
  addEventListener("hashchange", () => show(true));
  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; requestAnimationFrame(() => show()); } });
  show();
}

start();
