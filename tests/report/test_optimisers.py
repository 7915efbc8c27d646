"""The page of the optimisers says what was measured, refutations first of all."""

from __future__ import annotations

from convproof.document.html import html
from convproof.document.markdown import markdown
from convproof.document.model import Heading
from convproof.report.optimisers import optimisers_page

ROW = {"shown": ["held", "held", "refuted from step 3"], "why": "<b>x</b> | y"}
DATA = {
    "rows": [
        {"name": "sgd", "shown": ["held"] * 3, "why": ""},
        {"name": "torch.optim.<i>Odd", **ROW},
        {"name": "optax.late", "shown": ["-", "-", "held only within float32"], "why": "it needs"},
    ],
    "parting": ["torch.optim.Odd, orthogonal: refuted; odd here: held"],
    "settings": {"steps": 60},
}


def test_the_page():
    page = optimisers_page(DATA, "torch 2.0", "convproof study optimisers")
    text = markdown(page)
    assert "3 optimisers" in text
    assert "torch 2.0" in text
    assert "**refuted from step 3**" in text
    assert "Refuted only after some steps: torch.optim." in text
    assert "orthogonal: refuted; odd here: held" in text
    assert "<b>" not in html(page)
    assert "<i>" not in html(page)
    headings = [block.anchor for block in page.blocks if isinstance(block, Heading)]
    assert headings == ["parting", "papers", "torch-optim", "optax"]
