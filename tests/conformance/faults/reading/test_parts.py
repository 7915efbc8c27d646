"""Terms left out and added: sums that grow, rows that run into each other, channels, tiles."""

import numpy as np
import pytest

from convproof.conformance.faults.reading.reading import reading
from convproof.conformance.target.target import Target
from tests.conformance.faults.reading.calls import call, later
from tests.laws import plain_right as right


def grown(axes):
    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
        y = right.conv2d(x, w, None, stride, padding, dilation, groups)
        flat = y.reshape(*y.shape[: 4 - axes], -1).cumsum(axis=-1)
        return flat.reshape(y.shape)

    return conv2d


def columns_below_the_height(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    cut = x.copy()
    cut[..., x.shape[2] :] = 0
    return right.conv2d(cut, w, None, stride, padding)


def flat_rows(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    """Pixels by an index into a plane's memory, with no bound for columns."""
    _, _, H, W = x.shape
    (sh, sw), (ph, pw) = stride, padding
    KH, KW = w.shape[2:]
    OH, OW = (H + 2 * ph - KH) // sh + 1, (W + 2 * pw - KW) // sw + 1
    y = np.zeros((len(x), len(w), OH, OW))
    for i, j, k, m in np.ndindex(OH, OW, KH, KW):
        at = (i * sh + k - ph) * W + j * sw + m - pw
        if 0 <= i * sh + k - ph < H and 0 <= at < H * W:
            y[:, :, i, j] += x.reshape(*x.shape[:2], -1)[:, :, at] @ w[:, :, k, m].T
    return y


def negative(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    wide = np.pad(x, ((0, 0), (0, 0), *((p, p) for p in padding)))
    for axis, p in zip((2, 3), padding, strict=True):
        if p:
            end = np.take(wide, range(wide.shape[axis] - 2 * p, wide.shape[axis] - p), axis)
            wide[(slice(None),) * axis + (slice(0, p),)] = end
    return right.conv2d(wide, w, None, stride, (0, 0))


def by_remainder(x, w, b=None, stride=(1, 1), padding=(0, 0), groups=1):
    """Depthwise with several outputs a channel, dealt out in turn."""
    if w.shape[1] > 1 or groups == 1:
        return right.conv2d(x, w, None, stride, padding, (1, 1), groups)
    order = np.arange(len(w)) % x.shape[1]
    return np.concatenate(
        [
            right.conv2d(x[:, c : c + 1], w[m : m + 1], None, stride, padding)
            for m, c in enumerate(order)
        ],
        1,
    )


def half_width(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    """The result's memory is filled as if its rows were shorter by one."""
    y = right.conv2d(x, w, None, stride, padding)
    other = y.shape[3] - 1
    filled = np.zeros_like(y).reshape(*y.shape[:2], -1)
    filled[..., : y.shape[2] * other] = y[..., :other].reshape(*y.shape[:2], -1)
    return filled.reshape(y.shape)


KINDS = {
    "columns": (grown(1), {}, "each output column is added up with those before"),
    "plane": (grown(2), {}, "each output row and output column is added up with those before"),
    "bound": (
        columns_below_the_height,
        {"stride": (1, 1)},
        "leaves out the last input column, of 6; there are 5 rows",
    ),
    "flat": (flat_rows, {"stride": (1, 1)}, "beyond a row's end the next row is read"),
    "negative": (
        negative,
        {"stride": (1, 1), "padding": ((1, 1), (1, 1))},
        "pixels before the start are read from the other end",
    ),
    "multiplier": (by_remainder, {"groups": 2}, "reads input channel m % 2 where m // 2 is due"),
    "width": (
        half_width,
        {"stride": (1, 1), "padding": ((0, 0), (0, 0))},
        "is filled by rows of 3 columns where a row has 4",
    ),
}


@pytest.mark.parametrize(("function", "how", "said"), KINDS.values(), ids=KINDS)
def test_the_kind_is_told(function, how, said):
    how = {"padding": ((1, 1), (1, 1)), **how}
    case = call(**how)
    if how.get("groups", 1) > 1:
        case = case.replace(x=case.x[..., :2], kernel=case.kernel[:, :, :1])
    assert said in reading(Target("t", conv2d=function), case, "y", later()).texts[0][0]
