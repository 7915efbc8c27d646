"""The certificate of a public function: a layer, and what else of the function no layer shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from convproof.certify import again, blocks, large, pools, rounded, sweep, wrappers
from convproof.certify.certificate import certify, certify_pool, certify_public, with_
from convproof.evidence import Verdict
from convproof.functions.certificate import Certificate
from convproof.schedules import REGISTRY
from convproof.spec import ACTIVATIONS, PADDING_MODES, AvgPool, Conv, MaxPool, Spec


def certify_function(operation: str, spec: Spec, input_shape: Sequence[int]) -> Certificate:
    """`certify` of the layer; for a convolution also in every padding mode, with each activation.

    A transposed convolution is compared with its own derivation as well; a pool also in ceil mode,
    with gaps, with both divisors, in every dtype and of many images.  Each schedule is run in many
    blocks as well, a transposed convolution's too: those of the convolution whose gradient it is;
    those that round, in floats; all of them at larger strides, gaps and padding, and in calls made
    again.
    """
    found = certify(spec, input_shape)
    if not found.verdict.holds:
        return found
    for run in _runs(operation, spec.rank):
        verdict, count = run()
        if not verdict.holds:
            return replace(found, verdict=verdict)
        told = Verdict.held(f"{found.verdict.reason}; {verdict.reason}")
        found = replace(found, verdict=told, compared=found.compared + count)
    if isinstance(spec, (MaxPool, AvgPool)):
        return _pool(found, spec)
    assert isinstance(spec, Conv)
    verdicts = [found.verdict, large.large(spec.rank)]
    compared = found.compared
    if operation == "conv_transpose":
        verdicts.append(wrappers.transposed(spec, _fewer(input_shape, spec)))
    else:
        for mode in PADDING_MODES:
            if mode != spec.padding_mode:
                verdict, count = certify_public(with_(spec, padding_mode=mode), input_shape)
                verdicts.append(verdict)
                compared += count
        # an odd pixel of padding comes last
        verdict, count = certify_public(with_(spec, padding="same"), input_shape)
        verdicts.append(verdict)
        compared += count
        for activation in ACTIVATIONS:
            if activation != spec.activation:
                one = certify_public(with_(spec, activation=activation), input_shape)
                verdicts.append(one[0])
        for way in REGISTRY.values():
            sample = way.example("conv", spec.rank)
            if sample is not None:  # it does not suit each layer: here is one that it does
                verdict, count = certify_public(sample[0], sample[1], only=way.name)
                verdicts.append(verdict)
                compared += count
    refuted = [verdict for verdict in verdicts if not verdict.holds]
    if refuted:
        return replace(found, verdict=refuted[0])
    more = (
        verdicts[-1].reason
        if operation == "conv_transpose"
        else "every padding mode; relu, sigmoid and tanh within their rounding"
    )
    more = f"{verdicts[1].reason}; {more}"
    verdict = Verdict.held(f"{found.verdict.reason}; {more}")
    return replace(found, verdict=verdict, compared=compared)


def _runs(operation: str, rank: int) -> Iterator[Callable[[], tuple[Verdict, int]]]:
    """What is run of a kind of function, whatever the layer, by numbers."""
    yield lambda: blocks.in_blocks(operation.removesuffix("_transpose"), rank)
    yield lambda: sweep.swept(operation, rank)
    if operation == "conv":
        yield lambda: blocks.in_modes(rank)
        yield lambda: rounded.rounded(rank)
    if operation != "conv_transpose":
        yield lambda: again.again(operation, rank)


def _pool(found: Certificate, spec: MaxPool | AvgPool) -> Certificate:
    """The certificate of a pool, with what the one layer does not show of its function."""
    compared = found.compared
    for other, shape in pools.others(spec):
        verdict, count = certify_pool(other, shape)
        compared += count
        if not verdict.holds:
            return replace(found, verdict=verdict)
    refuted, kinds = pools.by_dtype(spec, found.input_shape)
    if refuted is None:
        refuted = pools.many(spec)
    if refuted is not None:
        return replace(found, verdict=refuted)
    more = "ceil mode, gaps" if isinstance(spec, MaxPool) else "ceil mode, both divisors"
    said = f"{found.verdict.reason}; {more}; {', '.join(kinds)}; many images as each alone"
    return replace(found, verdict=Verdict.held(said), compared=compared)


def _fewer(input_shape: Sequence[int], spec: Conv) -> tuple[int, ...]:
    """A few pixels to transpose from: the outputs are many times as many."""
    space = tuple(input_shape)[-spec.rank - 1 : -1] if len(input_shape) > spec.rank else input_shape
    return tuple(min(size, 3 - axis % 2) for axis, size in enumerate(space))
