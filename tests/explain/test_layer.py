"""The page of a layer: its numbers are those of the functions, in every form and in a browser."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import pytest

import convproof as cp

SPECS = [
    (cp.Conv((5, 5), 8, stride=2, padding=2), (28, 28, 1)),
    (cp.Conv((3,), 4, groups=2, dilation=2, padding="same"), (2, 11, 4)),
    (cp.Conv((2, 3), 2, padding_mode="reflect", padding=1), (5, 6, 2)),
    (cp.Conv((2, 2, 2), 2), (3, 4, 3, 2)),
    (cp.MaxPool((3, 2), stride=2, ceil_mode=True), (8, 9, 3)),
    (cp.AvgPool(2, padding=1, count_include_pad=False), (6, 6, 1)),
    (cp.Conv((2, 2)), (5, 5)),
]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.mark.parametrize(("spec", "shape"), SPECS, ids=lambda v: type(v).__name__)
def test_every_form(spec, shape) -> None:
    page = cp.explain(spec, shape)
    html = page.to_html()
    assert html.startswith("<!doctype html>")
    assert len(html) < 300_000
    assert not re.search(r"https?://(?!www\.w3\.org)|src=|<link|@import|url\(", html)
    assert "\\frac" not in re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    assert page.to_markdown().startswith("# ")
    assert page.to_latex().startswith(r"\documentclass")
    assert page._repr_html_().startswith("<div>")
    assert max(map(len, str(page).split("The generated source")[0].splitlines())) <= 80


def test_counts_are_those_of_the_arrays() -> None:
    spec, shape = SPECS[1]
    text = cp.explain(spec, shape).to_markdown()
    x, kernel = np.ones(shape), np.ones((3, 2, 4))
    layer = {"groups": 2, "dilation": 2, "padding": "same"}
    images = (row[None, :, None] * np.ones(4) for row in np.eye(11))
    entries = sum(np.count_nonzero(cp.conv1d(image, kernel, **layer)) for image in images)
    assert f"{entries * 2:,} entries" in text.replace("\\", "")
    assert cp.conv1d(x, kernel, **layer).shape == (2, 11, 4)
    assert "28 parameters: 24 weights and 4 biases" in text


def test_the_gradient_of_one_weight_is_the_sum_it_says() -> None:
    spec, shape = SPECS[0]
    text = str(cp.explain(spec, shape))
    found = re.search(r"dK\[3, 3, 1, 1\] = (.*?) \+ \.\.\.", " ".join(text.split()))
    assert found
    x = np.arange(28 * 28).reshape(28, 28, 1)
    for term in re.findall(r"X\[(\d+), (\d+), 1\] dZ\[(\d+), (\d+), 1\]", found[1]):
        a, b, i, j = (int(one) - 1 for one in term)
        dy = np.zeros((14, 14, 8), int)
        dy[i, j, 0] = 1
        g = cp.conv2d_backward(
            dy, x, np.zeros((5, 5, 1, 8), int), np.zeros(8, int), stride=2, padding=2
        )
        assert g.kernel[2, 2, 0, 0] == x[a, b, 0]


def test_bad_input_is_one_line() -> None:
    with pytest.raises(cp.SpecError, match="model='conv2d': allowed is an ONNX file"):
        cp.explain("conv2d", (3, 3))
    with pytest.raises(cp.SpecError, match="what=7"):
        cp.explain(7, (3, 3))
    with pytest.raises(cp.SpecError, match="input_shape"):
        cp.explain(cp.Conv(3, 1), (3,))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_pointing_at_things_in_a_browser(tmp_path) -> None:
    """An output lights its window, a weight its copies, a pixel whom it reaches; no error."""
    probe = """<script>
    window.addEventListener("error", (e) => { document.title = "ERROR " + e.message; });
    const enter = (kind, at) => document.querySelector(`[data-plane=${kind}] [data-at="${at}"]`)
      .dispatchEvent(new MouseEvent("mouseenter"));
    const lit = (kind) => document.querySelectorAll(`[data-plane=${kind}] .lit`).length;
    window.addEventListener("load", () => {
      const said = [];
      enter("output", "1,1"); said.push(lit("pixel"));
      enter("weight", "0,0"); said.push(lit("output"), lit("pixel"));
      enter("pixel", "0,0"); said.push(lit("output"));
      const stride = document.querySelector("[name=stride-0]");
      stride.value = 1; stride.dispatchEvent(new Event("input"));
      said.push(document.querySelectorAll("[data-plane=output] rect").length);
      document.title = said.join(" ");
    });</script>"""
    page = cp.explain(cp.Conv((3, 3), 1, stride=2, padding=1), (7, 7, 1)).to_html()
    (tmp_path / "page.html").write_text(page.replace("</head>", probe + "</head>"))
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]
    done = subprocess.run(
        [str(CHROMIUM), *flags, "--dump-dom", str(tmp_path / "page.html")],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title
    # windows of 9; weight (1, 1) meets padding in the first row and column: 3 x 3 copies; pixel
    # (1, 1) is seen by one output only; with stride 1 down the rows there are 7 x 4 outputs
    assert title[1] == "9 9 9 1 28"
