"""The page of libraries says what was measured: what broke, and what nobody looked at."""

from __future__ import annotations

import pytest

from convproof.document.html import html
from convproof.document.markdown import markdown
from convproof.report.libraries import libraries_page, line_of_index
from convproof.study.measurements import command, is_there, measurement

ROW = {
    "library": "onnx",
    "versions": {"lib": "1.0"},
    "made": {"python": "3.11"},
    "convproof": "0.1",
    "calls": 7,
    "unanswered": 2,
    "seconds": 5,
    "seed": 0,
    "ops": ["conv1d", "max_pool2d"],
    "laws": ["shape"],
    "pairs": {"held": 4, "broken": 2, "follows": 0, "not run": 3},
    "broken": [
        {"law": "shape", "op": "max_pool2d", "reason": "<i>odd</i>"},
        {"law": "dtype", "op": "conv1d", "reason": "int8"},
    ],
    "limits": ["conv1d: groups: no (3 of 4 calls)", "max_pool2d: groups: no"],
    "not_judged": ["float64: none"],
    "never_exercised": [],
    "unfinished": [],
    "notes": [
        "conv1d: 3 of 4 planned calls (thin) were left out: the time budget was spent (more)",
        "max_pool2d: 5 of 9 planned calls (thin) were left out: the time budget was spent (more)",
        "conv1d: it is slow",
        "max_pool2d: it is odd",
        "conv1d: it is odd",
    ],
}
DATA = {"rows": [ROW, {"library": "bad", "versions": {}, "error": "it does not load"}]}


def test_the_page():
    page = markdown(libraries_page(DATA, "convproof check all-installed"))
    assert "| lib 1.0 | 2 | 7 | 1 | 4 | 2 | 3 | 6 |" in page
    assert "[onnx-max-pool-pads-order](findings.md#onnx-max-pool-pads-order)" in page
    assert "| int8 | not reproduced apart |" in page
    assert "| groups: no | conv1d (3 of 4 calls), max\\_pool2d |" in page
    assert "| float64: none | - |" in page
    assert "planned calls: thin 8 of 13." in page
    assert "| it is slow | conv1d |\n| it is odd | all |" in page
    assert "Not judged: it does not load." in page
    assert "<i>odd" not in html(libraries_page(DATA, "c"))
    unmet = page.partition("Found in it by other calls: ")[2].partition("\n")[0]
    assert "(findings.md#onnx-max-pool-pads-lost)" in unmet
    assert "pads-order" not in unmet  # it was met
    absent = page.partition("not measured for this page: ")[2].partition("\n")[0]
    assert "tvm" in absent.split(", ") or "tvm." in absent
    assert "onnx," not in absent
    assert "| mxnet | 1.9.1," in page
    assert ": 2 targets" in str(line_of_index(DATA)[1])


@pytest.mark.skipif(not is_there("libraries"), reason="not measured")
def test_what_was_measured_makes_a_page():
    data = measurement("libraries")
    page = markdown(libraries_page(data, command("libraries")))
    shown = [row["library"].replace("_", "\\_") for row in data["rows"]]
    assert all(f"## {name}" in page for name in shown)
