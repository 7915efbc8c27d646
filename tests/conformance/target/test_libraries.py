"""The known libraries, called through their adapters, give what the reference gives."""

from __future__ import annotations

import importlib
import os
import tomllib
from pathlib import Path

import numpy as np
import pytest

from convproof import reference
from convproof.conformance.run.engine import check
from convproof.conformance.target.libraries import KNOWN, extra, is_here, known, needs
from convproof.conformance.target.resolve import resolve
from convproof.errors import MissingExtra, TargetError
from convproof.laws.case import Case
from convproof.laws.op import OPS, Op
from tests.conformance.planted import ints

SLIDING = {op for op in OPS if Op.of(op).kind != "conv_transpose"}
FORWARD_ONLY = {op for op in SLIDING if not Op.of(op).backward}
FORWARD = {op for op in OPS if not Op.of(op).backward}
HAS = {  # of the libraries that the tests' environment brings
    "torch_compile": SLIDING,
    "convproof": set(OPS),
    "scipy": FORWARD_ONLY,
    "torch": set(OPS),
    "jax": SLIDING,
    "onnx": FORWARD,
    "onnxruntime": FORWARD,
}


def module_of(name):
    return importlib.import_module(f"convproof.conformance.target.libraries.{name}_")


def call(op, dtype="float32", **more):
    """A call with another number for each parameter."""
    named = Op.of(op)
    base, rank, backward = named.kind, named.rank, named.backward
    size = (2, *(6, 7, 5)[:rank], 4)
    x = ints(*size)
    if base == "max_pool":  # no two alike: who takes the gradient of equals is everyone's choice
        x = np.random.default_rng(0).permutation(x.size).reshape(size)
    x = x.astype(dtype)
    kernel = ints(*(3, 2, 2)[:rank], 2, 6).astype(dtype) if base == "conv" else None
    case = Case(
        op,
        x,
        kernel,
        None if kernel is None else ints(6).astype(dtype),
        None,
        (2, 1, 3)[:rank],
        ((1, 1), (0, 0), (1, 1))[:rank],
        (1,) * rank,
        1 if kernel is None else 2,
        (3, 2, 2)[:rank] if kernel is None else None,
    ).replace(**more)
    return case.replace(dy=ints(*case.out_shape).astype(dtype)) if backward else case


def wanted(case):
    if case.kind == "conv":
        if not case.backward:
            return (reference.conv(case.x, case.kernel, case.bias, case.axes, case.groups),)
        return reference.conv_backward(case.dy, case.x, case.kernel, case.axes, case.groups)
    if case.kind == "max_pool":
        return (
            (reference.max_pool_backward(case.dy, case.x, case.axes),)
            if case.backward
            else (reference.max_pool(case.x, case.axes)[0],)
        )
    include = case.count_include_pad
    return (
        (reference.avg_pool_backward(case.dy, case.x, case.axes, include),)
        if (case.backward)
        else (reference.avg_pool(case.x, case.axes, include),)
    )


def agrees(target, case):
    outcome = target.call(case)
    assert outcome.error is None, outcome.error
    assert not outcome.inputs_written
    assert not outcome.aliases
    for got, right in zip(outcome.values, wanted(case), strict=True):
        if case.kind == "conv":
            np.testing.assert_array_equal(got, right)  # integers: exact in any order
        else:  # one division: half an ulp of it, and as many more as windows overlap
            np.testing.assert_allclose(got, right, rtol=8 * np.finfo(got.dtype).eps, atol=1e-6)


# What takes seconds a call has a test of its own, or none where it is no part of the environment.
SLOW = ("jax", "torch_compile")


@pytest.fixture(scope="module", params=[n for n in KNOWN if n not in SLOW])
def target(request):
    if not is_here(request.param):
        pytest.skip(f"{request.param} is not installed")
    return resolve(request.param)


def test_it_has_the_ops_its_library_has(target):
    assert target.ops == HAS.get(target.name, target.ops)


def test_it_says_the_versions_of_what_it_is_made_of(target):
    assert set(target.versions) == set(needs(target.name))
    assert all(version[0].isdigit() for version in target.versions.values())
    result = check(target, ops=["conv1d"], laws=["shape"], examples=4)
    assert result.to_dict()["made"].items() >= target.versions.items()
    assert all(version in str(result) for version in target.versions.values())


def test_every_op_is_the_reference(target):
    for op in sorted(target.ops & SLIDING):
        case = call(op)
        if target.why_not(case) and case.kernel is None:  # its windows lie side by side
            case = call(op, stride=case.taps, padding=((0, 0),) * Op.of(op).rank)
        if target.call(case).refused and op not in ("conv2d", "max_pool2d", "avg_pool2d"):
            case = call(op, stride=(1,) * Op.of(op).rank, groups=1)  # it says no, in words
            if case.kernel is not None:
                case = case.replace(x=case.x[..., :2])
        agrees(target, case)


def test_dilation_and_asymmetric_padding_where_they_are_taken(target):
    for op in sorted({"conv2d", "max_pool2d"} & target.ops):
        case = call(op)
        if target.accepts(op, "dilation"):
            agrees(target, case.replace(dilation=(2, 1), stride=(1, 2)))
        if target.accepts(op, "asymmetric_padding"):
            agrees(target, case.replace(padding=((0, 1), (1, 0))))
        else:
            assert "padding" in target.why_not(case.replace(padding=((0, 1), (1, 0))))


def test_flags_of_average_pools_where_they_are_taken(target):
    case = call("avg_pool2d")
    if "avg_pool2d" not in target.ops:
        assert "no function" in target.why_not(case)
    elif target.accepts("avg_pool2d", "count_include_pad"):
        agrees(target, case.replace(count_include_pad=False))
    else:
        assert target.why_not(case.replace(count_include_pad=False))


def test_a_kernel_larger_than_the_input_is_refused(target):
    case = Case(
        "conv2d",
        np.ones((1, 2, 2, 1), "f4"),
        np.ones((3, 3, 1, 1), "f4"),
        None,
        None,
        (1, 1),
        ((0, 0), (0, 0)),
        (1, 1),
    )
    outcome = target.call(case)
    assert outcome.refused or outcome.error is None  # jax and ONNX may give an empty answer
    if outcome.error is None:
        assert outcome.value.size == 0


def test_a_dtype_that_a_library_lacks_is_not_put_to_it():
    target = resolve("onnxruntime")
    assert "float64" in target.why_not(call("conv2d", "float64"))
    assert target.why_not(call("conv2d")) is None


def test_jax_has_its_own_gradients():
    target = resolve("jax")
    assert target.ops == HAS["jax"]
    assert target.cost == "high"
    agrees(target, call("conv2d_backward", "float64"))
    agrees(target, call("max_pool1d_backward"))
    refused = target.call(call("conv1d_backward", "int64"))
    assert "JAX has no derivative by integers" in str(refused.error)
    assert target.call(call("conv1d", "float64")).value.dtype == np.float64


def test_the_layout_of_a_known_library_cannot_be_changed():
    assert resolve("torch", layout="channels_first").layout == "channels_first"
    with pytest.raises(TargetError, match="channels_first"):
        resolve("torch", layout="channels_last")


def test_a_library_that_is_absent_names_the_extra_that_brings_it(monkeypatch):
    import convproof.conformance.target.libraries.scipy_ as module

    monkeypatch.setattr(module, "NEEDS", {"scipy": "scipy", "no_such_package": "none"})
    monkeypatch.setattr(module, "EXTRA", "some")
    assert not is_here("scipy")
    with pytest.raises(MissingExtra, match=r"'scipy' needs no_such_package.*convproof\[some\]"):
        known("scipy")


def test_every_library_has_an_extra_that_installs_it():
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    for name in KNOWN:
        brings = project["optional-dependencies"].get(extra(name), project["dependencies"])
        for distribution in module_of(name).NEEDS.values():
            assert name == "convproof" or any(one.startswith(distribution) for one in brings), name


def test_a_function_comes_with_all_that_it_uses_of_other_libraries_files():
    """What Flax uses of JAX stands in a script with it."""
    from convproof.conformance.target.libraries import _needed, flax_, layers

    names = [name for name, _ in _needed({}, flax_._conv)]
    assert names[-1] == "_conv"
    assert {"_convolve", "_each", "_pairs", "_in_jax"} < set(names)
    assert dict(_needed({}, flax_._conv))["_convolve"].__module__ == flax_.__name__
    chosen = dict(_needed({"chosen": module_of("keras_jax").chosen}, layers.maxima))["chosen"]
    assert chosen() == "jax"  # the library's own goes before the one that is shared


def test_what_a_library_reads_while_it_is_imported_is_set(monkeypatch):
    import convproof.conformance.target.libraries.scipy_ as module

    monkeypatch.setattr(module, "ENVIRONMENT", {"CONVPROOF_TEST": "1"}, raising=False)
    monkeypatch.delenv("CONVPROOF_TEST", raising=False)
    known("scipy")
    assert os.environ["CONVPROOF_TEST"] == "1"
