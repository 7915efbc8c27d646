"""Certificates: right code is certified, and one changed index in it is not."""

from __future__ import annotations

import re

import pytest

from convproof.certify import certificate, certify, layer
from convproof.emit.standalone import layer_source
from convproof.errors import SpecError
from convproof.evidence import Grade, Verdict
from convproof.spec import AvgPool, Conv, MaxPool

LAYERS = [
    (Conv((3,), 2, stride=2, padding=1, groups=2), (2, 5, 4)),
    (Conv((3, 2), 4, stride=(2, 1), padding="same", dilation=(1, 2), groups=2), (1, 5, 4, 2)),
    (Conv((2, 2), 1, padding=1, padding_mode="reflect"), (4, 3)),
    (Conv((3,), 1, padding=((2, 1),), padding_mode="circular"), (4,)),
    (Conv((3,), 2, padding=2, padding_mode="replicate", stride=2), (1, 4, 1)),
    (Conv((2, 2, 2), 2, activation="relu"), (3, 2, 3)),
    (MaxPool(2, stride=1), (3, 3)),
    (MaxPool((2,), padding=1, dilation=2), (5,)),
    (MaxPool((3,), stride=2, padding=1, ceil_mode=True), (6,)),
    (AvgPool(2, padding=1, count_include_pad=False), (3, 4, 2)),
    (AvgPool((3,), stride=2, padding=1, ceil_mode=True), (2, 4, 1)),
]


@pytest.mark.parametrize(("spec", "shape"), LAYERS, ids=str)
def test_generated_code_is_certified(
    spec: Conv | MaxPool | AvgPool, shape: tuple[int, ...]
) -> None:
    found = certify(spec, shape)
    found.verdict.require()
    assert found.compared > 0
    assert len(found.codes) >= 2


CHANGES = [
    (r"2\*rows_start - 1,", "2*rows_start,"),
    (r"\(taps, \(", "(taps - 1, ("),
    (r"stride \* \(coarse - 1\)", "stride*coarse - stride - gap"),
    (r"2\*rows_start", "rows_start"),
    (r"z\[images, rows\]", "z[images, :rows_size]"),
    (r"dz\[images, rows\]", "dz[images, :rows_size]"),
    (r"rows_start \+ rows_most, O_H", "rows_start + rows_most, O_H - 1"),
    (r"spans\(3, 1, -1,", "spans(3, 1, -2,"),
    (r"offset \+ 1, stride\)", "offset, stride)"),
    (r"max\(0,", "max(1,"),
    (r"// stride\) \+ 1\)", "// stride))"),
    (r"images, i_i, j_i", "images, i_i, i_o"),
    (r"\.transpose\(1, 2, 0\)", ".transpose(1, 0, 2)[:, :, ::-1].transpose(0, 2, 1)"),
    (r"\(rows_size, O_W\)", "(O_W, rows_size)"),
    (r"lo - r, hi - r", "lo - r - 1, hi - r - 1"),
    (r"max\(r \+ m, 0\)", "max(r + m - 1, 0)"),
    (r"r >= 0 and r \+ m <= n", "r + m <= n"),
    (r"\[itemsize\]", "[itemsize + itemsize // 2]"),
    (r"a \* s if", "a if"),
    (r"a \* d if k > 1", "a * d if k > 3"),
    (r"part \+=", "part[...] ="),
    (r"np\.ones\(", "2 * np.ones("),
]


@pytest.mark.parametrize(("pattern", "wrong"), CHANGES)
def test_one_changed_index_is_not_certified(
    pattern: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = Conv(3, 2, padding=1, stride=2)
    text = layer_source(spec)
    changed, count = re.subn(pattern, wrong, text)
    assert count >= 1, pattern
    monkeypatch.setattr(layer, "layer_source", lambda spec: changed)
    try:
        shapes = ((1, 4, 5, 2), (1, 4, 4, 2))  # windows overhang at both ends, and at one
        verdicts = [certify(spec, shape).verdict for shape in shapes]
    except (ValueError, IndexError):
        return  # the changed code does not even run
    except TypeError as error:
        if "NoneType" not in str(error):
            raise
        return  # it adds what was never filled in
    assert not all(verdict.holds for verdict in verdicts)


def test_a_wrong_winner_is_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = MaxPool((2,), stride=1)
    changed = layer_source(spec).replace("value >= top", "value > top")
    monkeypatch.setattr(layer, "layer_source", lambda spec: changed)
    assert not certify(spec, (4,)).verdict.holds


def test_shapes_no_certificate_can_be_made_for_are_refused() -> None:
    with pytest.raises(SpecError, match="padded input"):
        certify(Conv(3), (2, 2))
    with pytest.raises(SpecError, match="smaller shape"):
        certify(Conv(3), (40, 40))
    with pytest.raises(SpecError, match="0-1"):
        certify(MaxPool(2), (8, 8))
    with pytest.raises(SpecError):
        certify("conv2d", (8, 8))  # type: ignore[arg-type]  # what is tested


def test_certificate_is_evidence() -> None:
    found = certify(Conv((2,), 1), (3,))
    assert found.evidence.grade is Grade.CERTIFIED
    assert str(found).startswith("held: ")


def test_what_is_refuted_without_the_activation_stays_refuted_with_it(monkeypatch):
    wrong, right = Verdict.refute("another sum"), Verdict.held("each value")
    monkeypatch.setattr(certificate, "_linear", lambda *_: (wrong, 1))
    monkeypatch.setattr(certificate, "_wrapped", lambda *_: (right, 1))
    verdict, _ = certificate.certify_public(Conv((2,), 1, activation="relu"), (4, 1))
    assert verdict.refuted
