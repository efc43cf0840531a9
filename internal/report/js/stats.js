"use strict";
// Scores with their intervals. An article is the unit: what one text says,
// it says once.

const LEAST = 5; // articles under which no interval is given
const DRAWS = 500;

// random is a small seeded generator (mulberry32): the same page draws the
// same intervals every time.
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// summary is the mean score of positions, its 95 % interval by bootstrap over
// articles, and how many positions are of which kind.
function summary(list) {
  const sums = new Map(); // by article: sum of scores, count
  const counts = [0, 0, 0, 0];
  let total = 0;
  for (const p of list) {
    const s = sums.get(p[ARTICLE]) ?? [0, 0];
    s[0] += p[SCORE];
    s[1]++;
    sums.set(p[ARTICLE], s);
    counts[p[POSITION]]++;
    total += p[SCORE];
  }
  const out = { n: list.length, articles: sums.size, counts, score: total / list.length, low: null, high: null };
  if (sums.size >= LEAST) [out.low, out.high] = bootstrap([...sums.values()]);
  return out;
}

// bootstrap is the 2.5 and 97.5 % points of the mean over articles drawn anew.
function bootstrap(sums) {
  const next = random(sums.length);
  const draws = new Float64Array(DRAWS);
  for (let d = 0; d < DRAWS; d++) {
    let total = 0, n = 0;
    for (let i = 0; i < sums.length; i++) {
      const s = sums[Math.floor(next() * sums.length)];
      total += s[0];
      n += s[1];
    }
    draws[d] = total / n;
  }
  draws.sort();
  return [draws[Math.floor(DRAWS * 0.025)], draws[Math.floor(DRAWS * 0.975)]];
}

// groups sums up positions by key, the groups of most articles first.
function groups(list, key) {
  const by = new Map();
  for (const p of list) {
    const k = key(p);
    if (k === null) continue;
    if (!by.has(k)) by.set(k, []);
    by.get(k).push(p);
  }
  return [...by].map(([k, ps]) => ({ key: k, list: ps, ...summary(ps) }))
    .sort((a, b) => b.articles - a.articles || b.n - a.n || (String(a.key) < String(b.key) ? -1 : 1));
}

// bin names the width of the timeline's steps that suits the days.
function bin(list) {
  const days = list.map((p) => dayOf(p[ARTICLE])).filter(Boolean).sort();
  if (days.length === 0) return null;
  const span = (Date.parse(days.at(-1)) - Date.parse(days[0])) / 864e5;
  const unit = span <= 45 ? "day" : span <= 240 ? "week" : span <= 365 * 8 ? "month" : "year";
  return { unit, floor: d3[{ day: "utcDay", week: "utcMonday", month: "utcMonth", year: "utcYear" }[unit]], dated: days.length };
}
