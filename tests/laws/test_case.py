import numpy as np
import pytest

from convproof.laws.case import MEMORY, arrange


@pytest.mark.parametrize("memory", MEMORY)
def test_arrangements_keep_the_numbers(memory):
    array = np.repeat(np.arange(12.0).reshape(1, 3, 4), 2, axis=0)
    laid = arrange(array, memory)
    assert np.array_equal(laid, array)
    assert not np.shares_memory(laid, array)
    assert laid.flags.writeable == (memory not in ("readonly", "broadcast"))


def test_channels_lie_inside():
    laid = arrange(np.arange(48.0).reshape(2, 3, 4, 2), "channels_inside")
    assert laid.strides[1] == laid.itemsize
