"""Reproduction scripts need NumPy and the target alone, and tell a bug from its repair."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from convproof.conformance.faults.catalogue import right
from convproof.conformance.report.repro import script
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target
from convproof.laws.case import Case
from tests.conformance.planted import FLIPPED, RIGHT, conv2d, file_with, ints, replaced

# No convproof for the script: an import of it fails.
BLOCK = "import sys; sys.modules['convproof'] = None\n"


def run(text):
    """Exit code and output of a script that cannot import convproof."""
    assert text is not None
    done = subprocess.run(
        [sys.executable, "-c", BLOCK + text], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def case(op="conv2d", dtype="float64", **more):
    kernel = None if "pool" in op else ints(2, 2, 2, 3).astype(dtype)
    made = Case(
        op,
        ints(1, 4, 5, 2).astype(dtype),
        kernel,
        None,
        None,
        (1, 1),
        ((0, 0), (0, 0)),
        (1, 1),
        window=(2, 2) if kernel is None else None,
    ).replace(**more)
    return made.replace(dy=ints(*made.out_shape).astype(dtype)) if made.backward else made


def of(target, call, **more):
    result = "dx" if call.backward else "y"
    return script(target, call, right(call)[result], result=result, law="definition", **more)


def test_a_file_target_fails_until_it_is_mended(tmp_path):
    path = file_with(tmp_path, FLIPPED)
    text = of(resolve(f"{path}:conv2d"), case(), reason="y differs at (0, 0, 0, 0)")
    code, output = run(text)
    assert (code, "WRONG" in output) == (1, True)
    assert "expected" in output
    assert "# y differs at (0, 0, 0, 0)" in text
    file_with(tmp_path)
    assert run(text)[0] == 0


def test_a_target_that_raises_fails_until_it_is_mended(tmp_path):
    path = file_with(tmp_path, replaced("    n, c, h, wid = x.shape", "    raise ValueError('x')"))
    text = script(resolve(f"{path}:conv2d"), case(), "an answer", law="returns-an-answer")
    assert run(text)[0] == 1
    file_with(tmp_path)
    assert run(text)[0] == 0


@pytest.mark.parametrize(
    "memory", ["fortran", "reversed", "strided", "readonly", "offset", "channels_inside"]
)
def test_arrays_lie_as_they_did(tmp_path, memory):
    check = replaced(
        "    n, c, h, wid = x.shape",
        "    if x.flags.c_contiguous and x.flags.writeable and x.base is None:\n"
        "        raise ValueError\n    n, c, h, wid = x.shape",
    )
    text = of(resolve(f"{file_with(tmp_path, check)}:conv2d"), case(memory=memory))
    assert run(text)[0] == 0


@pytest.mark.parametrize(
    ("name", "op"),
    [
        ("torch", "conv2d_backward"),
        ("scipy", "conv2d"),
        ("onnxruntime", "conv2d"),
        ("jax", "conv2d"),
    ],
)
def test_a_known_library_is_called_by_code_in_the_script(name, op):
    call, target = case(op, "float32"), resolve(name)
    wanted = right(call)["dx" if call.backward else "y"]
    result = "dx" if call.backward else "y"
    assert run(script(target, call, wanted, result=result))[0] == 0
    code, output = run(script(target, call, wanted + 1, result=result))
    assert (code, "WRONG" in output) == (1, True)


CS231N = (
    RIGHT
    + """
def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    return conv2d(x, w, b, s, p), (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    return np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
"""
)


def test_a_backward_with_a_cache_calls_its_forward_first(tmp_path):
    target = resolve(f"{file_with(tmp_path, text=CS231N)}:conv_backward_naive")
    call = case("conv2d_backward", bias=ints(3))
    text = of(target, call)
    assert "cache = forward(" in text
    assert run(text)[0] == 1
    zeros = script(target, call, np.zeros_like(call.kernel), result="dkernel")
    assert run(zeros)[0] == 0


def test_calls_that_came_before_are_made_before(tmp_path):
    stale = (
        RIGHT
        + """
first, kept = conv2d, []
def conv2d(x, w):
    kept.append(w)
    return first(x, kept[0])
"""
    )
    target = resolve(f"{file_with(tmp_path, text=stale)}:conv2d")
    other = case(kernel=ints(2, 2, 2, 3, seed=9))
    assert run(of(target, case()))[0] == 0
    assert run(of(target, case(), before=(other,)))[0] == 1


def test_side_effects_are_judged_as_such(tmp_path):
    body = (
        RIGHT
        + """
first = conv2d
def conv2d(x, w):
    y = first(x, w)
    x[...] = 0
    return y
"""
    )
    target = resolve(f"{file_with(tmp_path, text=body)}:conv2d")
    wanted = right(case())["y"]
    code, output = run(script(target, case(), wanted, law="inputs-unwritten"))
    assert (code, "wrote into: x" in output) == (1, True)
    assert run(script(target, case(), wanted, law="outputs-own"))[0] == 0
    echo = RIGHT + "\ndef conv2d(x, w):\n    return x[:, :, 1:, 1:]\n"
    target = resolve(f"{file_with(tmp_path, text=echo, name='echo.py')}:conv2d")
    assert run(script(target, case(), wanted, law="outputs-own"))[0] == 1


def test_functions_handed_over_are_found_in_their_file():
    text = of(Target("mine", conv2d=conv2d), case())
    assert run(text)[0] == 0


def test_there_is_no_script_where_none_can_work():
    assert of(Target("t", conv2d=lambda x, w: x), case()) is None
    large = case(x=np.ones((1, 150, 150, 2)))
    assert of(Target("mine", conv2d=conv2d), large) is None
    impossible = case(x=np.ones((1, 1, 1, 2)))
    assert script(Target("mine", conv2d=conv2d), impossible, "a refusal") is None


def test_nan_and_rounding_are_compared_as_they_must_be(tmp_path):
    holed = case()
    x = holed.x / 3
    x[0, 0, 0, 0] = np.nan
    assert run(of(resolve(f"{file_with(tmp_path)}:conv2d"), holed.replace(x=x)))[0] == 0
    wrong = file_with(tmp_path, replaced("return y if b", "y *= 1 + 1e-9\n    return y if b"))
    assert run(of(resolve(f"{wrong}:conv2d"), holed.replace(x=x)))[0] == 1
