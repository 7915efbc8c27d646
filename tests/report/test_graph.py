"""The graph of claims."""

from __future__ import annotations

from convproof.chapter import Ledger
from convproof.evidence import Evidence, Grade, Hypothesis
from convproof.report.graph import FILL, claim_graph, graph_alt, sound
from convproof.report.pages import stored
from tests.report.claims import claim


def test_a_claim_is_green_only_with_all_its_ancestors():
    last = claim("c-3", "s", Evidence(Grade.OPEN, "no time"))
    middle = claim("b-2", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("x", "c-3"),))
    first = claim("a-1", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("y", "b-2"),))
    records = stored(Ledger([first, middle, last]))["claims"]
    assert sound(records) == {"a-1": False, "b-2": False, "c-3": False}
    assert "not all that it rests on: a-1, b-2" in graph_alt(records)
    proved = claim("c-3", "s", Evidence(Grade.TESTED, "9"))
    assert all(sound(stored(Ledger([first, middle, proved]))["claims"]).values())
    around = claim("c-3", "s", Evidence(Grade.TESTED, "9"), hypotheses=(Hypothesis("z", "a-1"),))
    assert not any(sound(stored(Ledger([first, middle, around]))["claims"]).values())


def test_the_colours_that_are_used_are_named_in_the_picture():
    held = claim("a-1", "s", Evidence(Grade.TESTED, "9"))
    picture = claim_graph(stored(Ledger([held]))["claims"], "ledger.html")
    assert picture.count(f'fill="{FILL["TESTED"]}"') == 2
    assert ">TESTED</text>" in picture
    assert "MEASURED" not in picture
    assert '<a href="ledger.html#a-1">' in picture
