"""What a file holds: which of its functions are taken, and what is said of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import convproof as cp
from convproof.conformance.target.loading import functions_of, load_module
from convproof.conformance.target.opnames import distance
from convproof.conformance.target.resolve import resolve
from convproof.errors import TargetError

MANY = """
import numpy as np
from numpy import convolve
from scipy.ndimage import convolve1d, correlate1d


def conv_single_step(a, w):
    return (a * w).sum()


def conv2d_output_shape(x, w):
    return x.shape[0] - w.shape[0] + 1


def conv2d_relu(x, w):
    return np.maximum(conv2d_naive(x, w), 0)


def conv2d_bias_first(x, w, b):
    return conv2d_naive(x, w) + b


def conv2d_naive(x, w):
    return x
"""


def test_among_several_the_plainest_name_of_the_file_s_own_is_taken(tmp_path: Path):
    path = tmp_path / "many.py"
    path.write_text(MANY)
    found = functions_of(load_module(str(path)), str(path))
    assert {op: f.__name__ for op, f in found.items()} == {"conv2d": "conv2d_naive"}
    assert distance("maxPool2dBackward") == distance("conv_forward_im2col") == 0
    assert distance("conv2d_bias_first") == 2


def test_a_name_that_says_more_is_taken_and_told(tmp_path: Path):
    path = tmp_path / "alone.py"
    path.write_text("def conv2d_bias_first(x, w):\n    return x\n")
    assert "conv2d_bias_first" in cp.check(str(path), examples=20).conventions["conv2d"]


def test_a_class_alone_is_told_how_to_be_called(tmp_path: Path):
    path = tmp_path / "layer.py"
    path.write_text("class Conv2d:\n    def forward(self, x):\n        return x\n")
    with pytest.raises(TargetError, match=r"Conv2d is a class.* write def conv2d\(x, w, b=None"):
        resolve(str(path))


def test_what_a_file_has_from_an_installed_package_is_not_its_own(tmp_path: Path):
    path = tmp_path / "borrowed.py"
    path.write_text(
        "from scipy.signal import correlate2d\nfrom numpy import convolve\n\n\n"
        "def relu(x):\n    return x\n"
    )
    with pytest.raises(TargetError, match=r"no function has a name like conv2d.*relu"):
        resolve(str(path))


def test_a_pipe_or_a_device_is_no_target(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(TargetError, match="a device or a pipe, not a file"):
        load_module(str(tmp_path / "pipe.py"))


@pytest.mark.parametrize("installed", [True, False])
def test_a_library_that_cannot_be_a_target_says_why(tmp_path, monkeypatch, installed):
    if installed:  # as its last release begins where NumPy is newer
        (tmp_path / "mxnet.py").write_text("import numpy\nonce = numpy.no_such_name\n")
        monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(TargetError, match=r"'mxnet' is none: mxnet 1.9.1, its last release, does"):
        load_module("mxnet")


def test_a_name_that_is_nearly_one_of_a_library_is_told():
    with pytest.raises(TargetError, match="did you mean 'keras_jax'"):
        load_module("keras-jax")


def test_an_import_that_loops_comes_to_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr("convproof.conformance.target.loading.IMPORT", 0.2)
    (tmp_path / "loops.py").write_text("while True:\n    pass\n")
    with pytest.raises(TargetError, match="its import comes to no end"):
        load_module(str(tmp_path / "loops.py"))


@pytest.mark.parametrize(
    ("line", "uses"),
    [
        ("import convproof as cp", True),
        ("    from convproof.functions import conv2d", True),
        ("sys.modules['convproof']", True),
        ("import convproofs", False),
        ("# better than convproof", False),
    ],
)
def test_a_target_that_imports_convproof_is_noted(tmp_path, line, uses):
    path = tmp_path / "mine.py"
    start = "import sys\ndef conv2d(x, w):\n    return x\ndef other():\n"
    path.write_text(f"{start}    {line.strip()}\n    return 1\n")
    assert resolve(f"{path}:conv2d").uses_us == uses
