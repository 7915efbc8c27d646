"""Messages between the run and its worker."""

from __future__ import annotations

import os

import numpy as np
import pytest

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.target.outcome import (
    Outcome,
)
from tests.conformance.sandbox.cases import case


def test_cases_and_outcomes_survive_the_wire():
    before = case(3).replace(bias=np.arange(3.0), memory="reversed", groups=1)
    reader, writer = os.pipe()
    wire.ask(writer, {"cases": [wire.case_to_wire(before)]})
    after = wire.case_from_wire(wire.asked(reader)["cases"][0])
    assert after.describe() == before.describe()
    for name, array in before.arrays.items():
        np.testing.assert_array_equal(after.arrays[name], array)
    outcome = Outcome((np.array([np.nan, np.inf]), None), None, None, ("x",), ("y",), "said", 0.5)
    arrays = [np.zeros((0, 2))]
    wire.send(writer, {"it": wire.outcome_to_wire(outcome, arrays)}, arrays)
    told, arrays = wire.receive(reader, 1)
    back = wire.outcome_from_wire(told["it"], arrays)
    np.testing.assert_array_equal(back.values[0], outcome.values[0])
    assert (back.values[1], back.inputs_written, back.printed) == (None, ("x",), "said")
    os.close(reader)
    os.close(writer)


def test_a_message_that_is_none_closes_the_wire():
    reader, writer = os.pipe()
    os.write(writer, (5).to_bytes(8, "little") + (0).to_bytes(8, "little") + b"nojsn")
    with pytest.raises(wire.WireClosed):
        wire.receive(reader, 1)
    os.write(writer, (1 << 60).to_bytes(16, "little"))
    with pytest.raises(wire.WireClosed, match="too large"):
        wire.receive(reader, 1)
    with pytest.raises(wire.WireTimeout):
        wire.receive(reader, 0.05)
    os.close(writer)
    with pytest.raises(wire.WireClosed):
        wire.receive(reader, 1)
    os.close(reader)
