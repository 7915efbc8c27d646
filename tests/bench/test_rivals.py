"""Other checkers, each asked what it can be asked."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.bench import rivals
from property_tests import corpus


def test_gradcheck_sees_a_wrong_gradient_and_not_a_consistent_one():
    pytest.importorskip("torch")
    judge = rivals.gradcheck("float64")
    assert judge(corpus.find("grad-x-without-flip"), 0) is False
    assert judge(corpus.find("consistent-flip"), 0) is True
    assert judge(corpus.find("right-im2col"), 0) is True


def test_check_grads_sees_a_wrong_gradient_and_not_a_consistent_one():
    pytest.importorskip("jax")
    judge = rivals.check_grads()
    assert judge(corpus.find("grad-w-last-copy"), 0) is False
    assert judge(corpus.find("consistent-flip"), 0) is True
    assert judge(corpus.find("right-im2col"), 0) is True


def test_node_tests_see_a_wrong_stride_and_are_not_asked_of_gradients():
    pytest.importorskip("onnx")
    judge = rivals.node_tests()
    assert judge(corpus.find("stride-cropped"), 0) is False
    assert judge(corpus.find("right-im2col"), 0) is True
    assert judge(corpus.find("grad-x-without-flip"), 0) is None


def test_an_entry_that_writes_to_its_inputs_does_not_spoil_the_node_cases():
    pytest.importorskip("onnx")
    judge = rivals.node_tests()
    judge(corpus.find("average-divides-its-input"), 0)
    assert judge(corpus.find("right-loops"), 0) is True


def test_node_cases_are_many_and_expressible():
    pytest.importorskip("onnx")
    cases = rivals.node_cases()
    assert {"conv2d", "max_pool2d", "avg_pool2d"} <= {case.op for case in cases}
    assert all(case.arrays[0].dtype.kind == "f" for case in cases)


def test_pooling_arrays_have_no_ties():
    functions = corpus.find("right-windows").build()
    for op, _, arrays in rivals.settings(functions, "float32", 0):
        if "pool" in op:
            assert len(np.unique(arrays[0])) == arrays[0].size
