"""10.1.4: locality, equivariance, max-pooling, invariance, stacks; and the 15 relationships."""

from __future__ import annotations

import itertools

import numpy as np

from convproof import reference
from convproof.evidence import Status
from convproof.judgement import Finding, Judgement
from convproof.prove.facts import dumoulin
from convproof.prove.settle import (
    certified,
    failed,
    holds,
    joined,
    proved,
    refuted,
    undone,
)
from convproof.prove.symbolic import Array
from convproof.spec import Axis


def _signal(values: Array) -> Array:
    return values[None, :, None]


def _moved(values: Array, by: int) -> Array:
    """`values` moved to the right by `by` pixels, zeros coming in."""
    out = np.zeros_like(values)
    for at, value in enumerate(values):
        if 0 <= at + by < len(values):
            out[at + by] = value
    return out


def _not_equivariant() -> Finding:
    kernel = np.array([1, 2, 4])[:, None, None]
    x = np.array([0, 0, 0, 0, 1])
    same_pad, strided = Axis(3, 1, 1, 1, 1), Axis(3, 2)
    before = reference.conv(_signal(x), kernel, None, [same_pad])[0, :, 0]
    after = reference.conv(_signal(_moved(x, 1)), kernel, None, [same_pad])[0, :, 0]
    y = np.array([0, 0, 1, 0, 0, 0, 0])
    coarse = [
        reference.conv(_signal(_moved(y, by)), kernel, None, [strided])[0, :, 0] for by in (0, 1)
    ]
    pooled = [reference.max_pool(_signal(_moved(y, by)), [Axis(2, 2)])[0][0, :, 0] for by in (0, 1)]
    if (after == _moved(before, 1)).all() and any(
        (coarse[1] == _moved(coarse[0], by)).all() for by in range(-3, 4)
    ):
        return undone("both witnesses are equivariant")
    return refuted(
        "at the border the object leaves the image, and with stride 2 a shift by one pixel is no "
        "shift of the output",
        image=x,
        kernel=kernel[:, 0, 0],
        output=before,
        output_of_shifted=after,
        shifted_output=_moved(before, 1),
        stride_2_output=coarse[0],
        stride_2_output_of_shifted=coarse[1],
        pooled=pooled[0],
        pooled_shifted=pooled[1],
    )


def _not_invariant() -> Finding:
    pool = [Axis(2, 2)]
    x = np.array([0, 1, 0, 0])
    before, after = (reference.max_pool(_signal(_moved(x, by)), pool)[0][0, :, 0] for by in (0, 1))
    if (before == after).all():
        return undone("the output did not change")
    return refuted(
        "a one-pixel shift across a window border moves the output",
        image=x,
        shifted=_moved(x, 1),
        pooled=before,
        pooled_shifted=after,
    )


def _keeps_maximum() -> Finding:
    """Window output unchanged iff the window's maximum is: all 0-2 images of 6 pixels, exactly."""
    pool, cases = [Axis(2, 2)], 0
    for pixels in itertools.product(range(3), repeat=6):
        x = np.array(pixels)
        for by in (-1, 1):
            moved = _moved(x, by)
            before = reference.max_pool(_signal(x), pool)[0][0, :, 0]
            after = reference.max_pool(_signal(moved), pool)[0][0, :, 0]
            for window in range(3):
                old, new = x[2 * window : 2 * window + 2], moved[2 * window : 2 * window + 2]
                kept, larger = (new == old.max()).any(), (new > old.max()).any()
                if (before[window] == after[window]) != (kept and not larger):
                    return failed("a window's output is not decided by its maximum", image=x)
                cases += 1
    return holds(
        f"{cases} windows",
        certified(
            "all images of 6 pixels with values 0, 1, 2, shifted by one: a window's output stays "
            "iff its maximum is still in it and nothing larger came in",
            cases,
        ),
    )


def _max_pool() -> Finding:
    """(10.9) written out, 1-based, against the reference on all small images."""
    cases = 0
    for window, stride in itertools.product((1, 2, 3), (1, 2, 3)):
        for pixels in itertools.product(range(2), repeat=5):
            z = dict(enumerate(pixels, start=1))
            got = reference.max_pool(_signal(np.array(pixels)), [Axis(window, stride)])[0][0, :, 0]
            wanted = [
                max(z[stride * (i - 1) + 1 + k] for k in range(window))
                for i in range(1, (5 - window) // stride + 2)
            ]
            if list(got) != wanted:
                return failed("not the maximum of (10.9)", image=pixels, window=window)
            cases += 1
    return holds(
        f"{cases} images",
        certified("(10.9) on all 0-1 images of 5 pixels, windows and strides 1-3", cases),
    )


def claims() -> list[Judgement]:
    """The claims on behaviour, none of them judged yet."""
    own = [
        Judgement(
            "locality",
            "chapter, 10.1",
            "Output o depends on the pixels S*o - P <= i < S*o - P + d(K-1) + 1 only, its window.",
            lambda: proved("locality"),
        ),
        Judgement(
            "translation-equivariance",
            "chapter, 10.1.4",
            "If an input object shifts, the activation in the feature map shifts with it.",
            _not_equivariant,
            Status.REFUTED,
            "translation-equivariance-corrected",
        ),
        Judgement(
            "translation-equivariance-corrected",
            "correction of translation-equivariance",
            "A shift by a*S pixels shifts the output by a, tap by tap and so for pooling too, "
            "where the window stays off the padding the image moves to (and, without dilation, "
            "nowhere else); everywhere with circular padding if S divides the size.",
            lambda: proved(
                "translation-region",
                "translation-nowhere-else",
                "translation-circular",
                theorems=("translation",),
            ),
        ),
        Judgement(
            "eq-10.9",
            "chapter, (10.9)",
            "Max-pooling takes the maximum of each window: windows in bounds, disjoint iff S >= K, "
            "covering all but a tail iff S <= K.",
            lambda: joined(
                _max_pool(),
                proved(
                    "access-padded",
                    "windows-disjoint",
                    "windows-overlap",
                    "windows-cover",
                    "windows-gap",
                    "leftover",
                ),
            ),
        ),
        Judgement(
            "local-invariance",
            "chapter, 10.1.4",
            "Max-pooling's output is invariant to small shifts of the input.",
            _not_invariant,
            Status.REFUTED,
            "local-invariance-corrected",
        ),
        Judgement(
            "local-invariance-corrected",
            "correction of local-invariance",
            "A window's output stays iff the shift keeps a pixel as large as its maximum in it and "
            "brings no larger one in; pixel i stays in its window iff 0 <= (i mod S) + t < S.",
            lambda: joined(_keeps_maximum(), proved("same-window")),
        ),
        Judgement(
            "stack",
            "chapter, 10.1.4",
            "A stack of layers has the size, stride and receptive field of one: strides multiply, "
            "extents add up scaled by the strides before them, padding likewise.",
            lambda: proved("stack-size", "stack-field"),
        ),
    ]
    guide = [
        Judgement(
            item.id,
            "Dumoulin & Visin, arXiv:1603.07285v2, relationship " + item.id.rpartition("-")[2],
            item.statement,
            lambda id=item.id: proved(id),  # type: ignore[misc]  # mypy cannot infer the default
        )
        for item in dumoulin.OBLIGATIONS
    ]
    return own + guide
