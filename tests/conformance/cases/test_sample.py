"""Random draws: with an answer, within a domain, the same by Hypothesis and by Python's own."""

from __future__ import annotations

import hypothesis
import pytest

from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.sample import Chance, cases, draw
from convproof.laws.op import OPS, Op

QUICK = hypothesis.settings(
    max_examples=25,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.mark.parametrize("op", OPS)
def test_drawn_cases_have_an_answer_of_the_shape_they_say(op):
    @QUICK
    @hypothesis.given(cases(op))
    def one(case):
        assert case.op == op
        assert min(case.out_shape) > 0
        assert case.dy is None or case.dy.shape == case.out_shape

    one()


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("parameters", [(), ("stride",), ("padding", "dilation", "groups")])
def test_a_draw_stays_within_its_domain(op, parameters):
    domain = Domain(Op.of(op).kind, Op.of(op).rank, frozenset(parameters))
    source = Chance(op)
    drawn = [config for _ in range(60) if (config := draw(domain, source))]
    assert len(drawn) > 20
    assert all(domain.allows(config) for config in drawn)
