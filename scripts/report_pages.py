"""Looks at the HTML report in headless Chromium.

    report_pages.py test CLASSIFY            fails unless the page does what it says
    report_pages.py pictures REPORT FOLDER   screenshots at three widths, light and dark
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

WIDTHS = {"phone": 390, "tablet": 820, "desk": 1280}


def chromium(play):
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"])


def pictures(report, folder):
    address = pathlib.Path(report).resolve().as_uri()
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = chromium(play)
        for scheme in ("light", "dark"):
            for label, width in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                for view in ("", "statements", "words"):
                    page.goto(f"{address}#/{view}")
                    page.wait_for_selector("#main h2")
                    page.screenshot(path=out / f"{label}-{scheme}-{view or 'positions'}.png", full_page=view == "")
                page.locator("#views a", has_text="Actors").click()
                page.locator("#main tbody a").first.click()
                page.wait_for_selector("dl.facts")
                page.screenshot(path=out / f"{label}-{scheme}-actor.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    {"pictures": pictures}[sys.argv[1]](*sys.argv[2:])
