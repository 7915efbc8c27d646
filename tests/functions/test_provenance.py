"""Each verified function's derivation, source and certificate."""

from __future__ import annotations

import inspect

import pytest

import convproof as cp
from convproof.functions import provenance

OPERATIONS = ("conv", "conv_transpose", "max_pool", "avg_pool")


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_derivation_source_certificate(operation: str, rank: int) -> None:
    function = getattr(cp, f"{operation}{rank}d")
    derivation = function.derivation()
    assert derivation.steps
    source = function.source()
    kind = operation.replace("conv_transpose", "conv")
    assert source == inspect.getsource(
        __import__("importlib").import_module(f"convproof.generated.{kind}{rank}d")
    )
    certificate = function.certificate()
    certificate.verdict.require()
    assert certificate.compared > 20


def test_the_certified_layers_have_no_symmetry_to_hide_behind() -> None:
    for table in (provenance.CONV, provenance.MAX_POOL, provenance.AVG_POOL):
        for rank, (spec, shape) in table.items():
            assert spec.rank == rank
            assert len(shape) == rank + 2
            assert any(lo != hi for lo, hi in spec.padding) or spec.ceil_mode


def test_a_certificate_for_a_layer_of_ones_own() -> None:
    certificate = cp.conv2d.certificate(cp.Conv(2, 1, padding="same"), (3, 3))
    assert certificate.verdict.holds
    with pytest.raises(cp.SpecError, match="a Conv of rank 2"):
        cp.conv2d.certificate(cp.Conv((2,)), (3,))
    with pytest.raises(cp.SpecError, match="a Conv of rank 2"):
        cp.conv_transpose2d.certificate(cp.MaxPool(2), (3, 3))
    with pytest.raises(TypeError, match=r"^spec=5: allowed is a Conv of rank 2"):
        cp.conv2d.certificate(5, (3, 3))
    for wrong in (5, 3.0, "33", (3, 1.5), Ellipsis):
        with pytest.raises(TypeError, match=r"^input_shape=.*: allowed is"):
            cp.conv2d.certificate(cp.Conv(3, 1), wrong)
    for wrong in ((3,), (3, 3, 1, 1, 1), (3, -1), (10**5000, 3)):
        with pytest.raises(cp.SpecError, match=r"^input_shape=.*: allowed is"):
            cp.conv2d.certificate(cp.Conv(3, 1), wrong)
    with pytest.raises(cp.SpecError, match="together"):
        cp.conv2d.certificate(cp.Conv(2))


def test_a_wrong_kernel_gets_no_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    from convproof.generated import conv1d

    right = conv1d.forward_taps

    def wrong(x, kernel, stride, dilation, pad_lo, out_space):
        return right(x, kernel[::-1], stride, dilation, pad_lo, out_space)

    monkeypatch.setattr(conv1d, "forward_taps", wrong)
    assert not cp.conv1d.certificate().verdict.holds
