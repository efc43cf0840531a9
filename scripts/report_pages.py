"""Looks at the HTML report in headless Chromium.

    report_pages.py test CLASSIFY            labels articles with the binary, makes reports, and
                                             fails unless the page does what it says
    report_pages.py pictures REPORT FOLDER   screenshots at three widths, light and dark
    report_pages.py docs REPORT FOLDER       the few of them that the documentation shows

CHROMIUM names the browser; otherwise it is looked for on the path.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from playwright.sync_api import sync_playwright

WIDTHS = {"phone": 390, "tablet": 820, "desk": 1280}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run"]
SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "data" / "sample"


def chromium(play):
    found = filter(None, [os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))])
    return play.chromium.launch(executable_path=next(found, None), args=QUIET)


def pictures(report, folder):
    address = pathlib.Path(report).resolve().as_uri()
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = chromium(play)
        for scheme in ("light", "dark"):
            for label, width in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                for view in ("", "statements", "words", "method"):
                    visit(page, f"{address}#/{view}")
                    page.screenshot(path=out / f"{label}-{scheme}-{view or 'positions'}.png")
                page.locator("#views a", has_text="Actors").click()
                page.locator("#main tbody a").first.click()
                page.wait_for_selector("dl.facts")
                page.screenshot(path=out / f"{label}-{scheme}-actor.png")
                page.close()
        browser.close()


def docs(report, folder):
    address = pathlib.Path(report).resolve().as_uri()
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = chromium(play)
        for name, width, height, scheme, view in (
            ("positions", 1100, 980, "light", ""), ("statements", 1100, 900, "light", "statements"), ("phone", 390, 844, "dark", "statements?stance=favor"),
        ):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            visit(page, f"{address}#/{view}")
            page.screenshot(path=out / f"{name}.png")
            page.close()
        browser.close()


# Texts that would run, break out or leave the page if they were taken for
# anything but text.
HOSTILE = """</script><script>window.broken = 1</script> US troops\u2028 must leave Iraq, said Defence Minister Marek Wolny <img src="https://elsewhere.example/x.png" onerror="window.broken = 2">.

"US troops \U0001f642 in Iraq's <b onmouseover='window.broken = 3'>bases</b> \\" must go & never &lt;return&gt; <!-- at once," Mr. Wolny said. <svg/onload=window.broken=4> He left ${window.broken = 5}."""


def make_inputs(folder, articles):
    """Writes hostile articles, and many made of the samples' paragraphs."""
    texts = [json.loads(line)["text"].split("\n\n") for line in (SAMPLE / "wire.jsonl").read_text("utf-8").splitlines() if '"text"' in line]
    texts += [path.read_text("utf-8").split("\n\n") for path in sorted(SAMPLE.glob("*.txt"))]
    with open(folder / "many.jsonl", "w", encoding="utf-8") as f:
        for i in range(3):
            f.write(json.dumps({"text": HOSTILE + f"\n\nEdition {i}.", "title": "</title><script>window.broken = 6</script>\"'", "url": "javascript:window.broken=7", "source": '<i>"Quoted" Post</i>', "date": f"2024-01-0{i + 1}"}) + "\n")
        for i in range(articles):
            one, other = texts[i % len(texts)], texts[(i * 7 + 3) % len(texts)]
            day = f"{2019 + i % 5}-{1 + i % 12:02}-{1 + i % 28:02}"
            f.write(json.dumps({"text": "\n\n".join(one[:5] + other[1:6] + one[5:] + [f"Edition {i}."]), "title": f"Edition {i}", "url": f"https://news.example/{i}", "source": f"Outlet {i % 40}", "date": day}) + "\n")


class Checks:
    """Counts what holds and tells what doesn't."""

    def __init__(self):
        self.failed = 0

    def that(self, good, what):
        print("ok  " if good else "FAIL", what)
        self.failed += not good


def fresh(browser, seen):
    """A new page whose requests, console errors and exceptions are collected."""
    page = browser.new_page()
    page.on("request", lambda r: seen["requests"].append(r.url))
    page.on("console", lambda m: seen["errors"].append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: seen["errors"].append(str(e)))
    return page


def visit(page, address):
    """Opens an address of the report and waits until the page shows it."""
    page.goto(address)
    settled(page, page.evaluate("location.hash"))


def settled(page, part):
    """Waits until what the page shows is of an address with this part."""
    page.wait_for_selector(f"#main[data-shown*={json.dumps(part)}]")


def shown(page):
    """The number of statements that the page says pass."""
    return int(page.locator("#main .count").inner_text().split()[0].replace(",", ""))


def check_filters(page, address, s, ok):
    """Holds each filter's count against pandas over the same tables."""
    about = s[s.stance != "unrelated"]
    called = about[~about.abstained]
    day = about.published_day.dt.strftime("%Y-%m-%d")
    host, side, outlet = about.host_country.mode()[0], "host", about.outlet.mode()[0]
    holder = about[about.holder.str.startswith("Marek")].holder.mode()[0]
    text = (about.before + about.text + about.after + " " + about.holder + " " + about.reported_by + " " + about.title).str.lower()
    many = about.groupby(["host_country", "holder_side", "kind"], observed=True).size().idxmax()
    other = about[about.actor_id != about.holder_id]
    want = {
        "": about,
        f"host={host}": about[about.host_country == host],
        f"side={side}": about[about.holder_side == side],
        "stance=against": called[called.stance == "against"],
        "stance=abstained": about[about.abstained],
        "stance=unrelated": s[s.stance == "unrelated"],
        "kind=act": about[about.kind == "act"],
        f"outlet={outlet}": about[about.outlet == outlet],
        f"holder={holder}": about[about.holder == holder],
        "from=2021-03-01&to=2021-12-31": about[(day >= "2021-03-01") & (day <= "2021-12-31")],
        f"host={many[0]}&side={many[1]}&kind={many[2]}": about[(about.host_country == many[0]) & (about.holder_side == many[1]) & (about.kind == many[2])],
        "q=troops+leave": about[(text + " " + other.actor.str.lower().reindex(about.index).fillna("")).pipe(lambda t: t.str.contains("troops") & t.str.contains("leave"))],
    }
    for query, rows in want.items():
        start = time.time()
        visit(page, f"{address}#/statements?{urllib.parse.quote(query, safe='=&+-')}")
        ok.that(shown(page) == len(rows) > 0, f"filter {query or 'none'}: {shown(page)} statements, {len(rows)} in the table, {time.time() - start:.2f} s")


def check_means(page, address, positions, ok):
    """Holds the drawn means against pandas."""
    visit(page, f"{address}#/")
    page.locator("details.numbers summary").first.click()
    lines = [[c.inner_text() for c in line.locator("td").all()] for line in page.locator("figure").first.locator("tbody tr").all()]
    names = {"US side": "us", "host side": "host", "others": "other"}
    for host, side, mean, interval, articles, n in lines[:6]:
        p = positions[(positions.host_country == host) & (positions.holder_side == names[side])]
        right = abs(float(mean.replace("−", "-")) - p.score.mean()) < 0.051 and int(articles) == p.article_id.nunique() and int(n) == len(p)
        ok.that(right, f"mean of {host}, {side}: {mean} ({interval}), {p.score.mean():.3f} in the table")


def check_keys(page, address, ok):
    visit(page, f"{address}#/statements")
    page.keyboard.press("Tab")
    ok.that(page.evaluate("document.activeElement.id") == "skip", "the first Tab reaches the skip link")
    page.keyboard.press("Enter")
    ok.that(page.evaluate("document.activeElement.id") == "main", "Enter goes to the content")
    page.locator(".chips .against").focus()
    page.keyboard.press("Enter")
    settled(page, "stance=against")
    ok.that(page.locator("[name=stance]").input_value() == "against", "a chip chosen by key sets the filter")
    page.locator("text=Clear all").press("Enter")
    page.locator("[name=q]").fill("withdrawal agreement")
    settled(page, "q=")
    ok.that("statement" in page.locator("#status").inner_text(), "the number found is spoken")
    page.locator("text=Clear all").press("Enter")
    page.locator("nav.pager button", has_text="Next").press("Enter")
    ok.that(page.locator("nav.pager span").inner_text().startswith("26 to 50"), "pages turn by key")
    nameless = page.evaluate("[...document.querySelectorAll('input, select')].filter(e => !e.labels.length).length + [...document.querySelectorAll('button, a')].filter(e => !e.textContent.trim()).length")
    ok.that(nameless == 0, "every control has a name")


def check_looks(browser, address, ok):
    for scheme, light in (("light", True), ("dark", False)):
        for label, width in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for view in ("", "statements", "actors", "words", "method"):
                visit(page, f"{address}#/{view}")
                ok.that(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{label}, {scheme}: nothing is wider than the view {view or 'positions'}")
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0] > 127")
            ok.that(paper == light, f"{label}: {scheme} when asked for")
            page.close()
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}#/statements?host=Iraq")
    page.emulate_media(media="print", color_scheme="dark")
    ok.that(not page.locator("#filters").is_visible() and page.locator("#applied").is_visible(), "on paper the filters are words")
    ok.that(page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", "paper is white")
    page.close()


def check_hostile(page, address, ok):
    for view in ("statements?q=wolny+edition", "statements?q=window.broken", "words", "actors", ""):
        visit(page, f"{address}#/{view}")
    visit(page, f"{address}#/statements?q=window.broken")
    ok.that("<img src=" in page.locator("#main").inner_text(), "markup in a text is shown as text")
    ok.that(page.locator("#main img, #main svg[onload], #main b[onmouseover], a[href^='javascript']").count() == 0, "no element and no address comes of a text")
    visit(page, f"{address}#/actor/%3Cscript%3E?q=%22%3E%3Cimg%20src=x%20onerror=window.broken=8%3E&holder=%%%")
    ok.that(page.evaluate("window.broken === undefined"), "nothing in a text or an address ran")


def test(classify):
    import pandas as pd

    ok, seen = Checks(), {"requests": [], "errors": []}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = pathlib.Path(name)
        make_inputs(folder, 540)
        subprocess.run([classify, "-model", "linear", "-o", folder / "out", folder / "many.jsonl"], check=True, stdout=subprocess.DEVNULL)
        for file in ("report.html", "again.html"):
            subprocess.run([classify, "report", "-o", folder / file, folder / "out"], check=True, stdout=subprocess.DEVNULL)
        ok.that((folder / "report.html").read_bytes() == (folder / "again.html").read_bytes(), "the same folder gives the same bytes")
        statements, positions = pd.read_parquet(folder / "out/statements"), pd.read_parquet(folder / "out/positions.parquet")
        address = (folder / "report.html").as_uri()

        browser = chromium(play)
        # limits far above the third of a second it takes, for busy machines
        page = fresh(browser, seen)
        start = time.time()
        visit(page, f"{address}#/statements")
        ok.that(len(statements) >= 10_000 and time.time() - start < 60, f"{len(statements)} statements, {(folder / 'report.html').stat().st_size >> 20} MiB, are there after {time.time() - start:.2f} s")
        took = page.evaluate("""() => { const took = []; for (const q of ['q=t', 'q=troops+bases', 'host=Iraq', 'stance=against', '']) {
            const at = performance.now(); history.replaceState(null, '', '#/statements?' + q); show(); document.body.offsetHeight; took.push(performance.now() - at); } return Math.round(Math.max(...took)) }""")
        ok.that(took < 10_000, f"the slowest of five filters takes {took} ms")
        check_filters(page, address, statements, ok)
        check_means(page, address, positions, ok)
        check_keys(fresh(browser, seen), address, ok)
        check_hostile(page, address, ok)
        check_looks(browser, address, ok)
        ok.that(all(u.startswith((address, "data:")) for u in seen["requests"]), "no request leaves the page")
        ok.that(not seen["errors"], f"no error on the console {seen['errors'][:3]}")
        browser.close()
    sys.exit(1 if ok.failed else 0)


if __name__ == "__main__":
    {"test": test, "pictures": pictures, "docs": docs}[sys.argv[1]](*sys.argv[2:])
