"""A page in a real browser: formulas are formulas, and fit."""

import re
import shutil
import subprocess

import pytest

from convproof.derive import derive
from convproof.document.html import html

pytest.importorskip("math_core")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
PROBE = """<script>addEventListener("load", () => {
  const wide = [...document.querySelectorAll(".formula > div")];
  const over = wide.filter(one => one.scrollWidth > one.clientWidth + 1).length;
  const fetched = performance.getEntriesByType("resource").length;
  document.title = [wide.length > 20, over, document.querySelectorAll("math").length > 40,
                    /\\\\[a-z]/.test(document.body.innerText), fetched].join(" ");
});</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("broken", [False, True])
def test_every_formula_of_a_derivation_fits_the_page(broken, tmp_path):
    page = html(derive("conv2d").page("")).replace("</head>", PROBE + "</head>")
    if broken:  # the planted fault: formulas that the page may not break
        page = page.replace("<wbr>", "").replace(
            ".formula > div {", ".formula { white-space: nowrap }.formula > div {"
        )
    (tmp_path / "page.html").write_text(page)
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]
    done = subprocess.run(
        [str(CHROMIUM), *flags, "--window-size=1200,900", "--dump-dom", f"{tmp_path}/page.html"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title
    many, over, formulas, raw, fetched = title[1].split()
    assert (many, formulas, raw, fetched) == ("true", "true", "false", "0")
    assert (int(over) > 0) == broken
