"""What a public function's certificate says was compared is the sum of what was."""

from __future__ import annotations

import convproof as cp
from convproof.certify import function
from convproof.evidence import Verdict
from convproof.schedules import REGISTRY
from convproof.spec import PADDING_MODES


def test_what_was_compared_is_added_up(monkeypatch):
    spec = cp.Conv((2,), 1)
    layer = cp.certify(spec, (3, 1))
    held = Verdict.held("as planted")
    asked = []

    def public(spec, input_shape, *, only=None):
        asked.append(only)
        return held, 1000

    monkeypatch.setattr(function, "certify", lambda *_: layer)
    monkeypatch.setattr(function, "certify_public", public)
    monkeypatch.setattr(function.blocks, "in_blocks", lambda *_: (held, 10))
    monkeypatch.setattr(function.blocks, "in_modes", lambda *_: (held, 100))
    rooms = ((function.sweep, "swept"), (function.rounded, "rounded"), (function.again, "again"))
    for room, name in rooms:
        monkeypatch.setattr(room, name, lambda *_: (held, 10000))
    monkeypatch.setattr(function.large, "large", lambda *_: held)
    found = function.certify_function("conv", spec, (3, 1))
    samples = [way for way in REGISTRY.values() if way.example("conv", 1) is not None]
    runs = len(PADDING_MODES) - 1 + 1 + len(samples)  # the other modes, odd padding, the schedules
    assert found.verdict.holds
    assert found.compared == layer.compared + 30110 + 1000 * runs
    assert len([way for way in asked if way is not None]) == len(samples)
