"""What was found is kept well-formed: an entry that says too little is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from convproof.conformance.findings.finding import FOLDER, findings, known, parse
from convproof.conformance.report import expected
from convproof.conformance.target.libraries import KNOWN
from convproof.errors import SpecError

EXPECTED = Path(__file__).parents[3] / "property_tests" / "expected_failures"
ENTRY = '''
[[finding]]
id = "a"
kind = "b"
version = "scipy 1"
law = "definition"
ops = ["conv1d"]
what = "It adds."
documented = "It subtracts."
tracker = "not found"
severity = "wrong result"
ends = "AssertionError"
script = """
assert 1 + 1 == 3
"""
'''


def test_every_finding_is_well_formed_and_every_file_is_of_a_library():
    found = findings()
    assert len(found) > 10
    assert {file.stem for file in FOLDER.glob("*.toml")} == {one.library for one in found}
    for one in found:
        compile(one.script, one.id, "exec")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('law = "definition"', 'law = "no-such-law"', "no such law"),
        ('ops = ["conv1d"]', 'ops = ["conv9d"]', "a list of ops"),
        ('severity = "wrong result"', 'severity = "bad"', "one of crash"),
        ('ends = "AssertionError"', 'ends = "badly"', "an exception"),
        ('ends = "AssertionError"', 'ends = "SIGSEGV or badly"', "an exception"),
        ('id = "a"', 'id = "a"\nalso = ["no-such-law"]', "allowed are other laws"),
        ("assert 1 + 1 == 3", "import convproof; assert 0", "imports convproof"),
        ("assert 1 + 1 == 3", "print(1)", "cannot end well"),
        ("assert 1 + 1 == 3", "assert 0\n" * 17, "17 lines"),
        ('tracker = "not found"', 'tracker = " "', "tracker: it is empty"),
        ('tracker = "not found"', "", "tracker"),
        ('kind = "b"', 'kind = ""', "kind: it is empty"),
        ('tracker = "not found"', 'tracker = "x"\nmore = 1', "more"),
        ('id = "a"', "id = ", "TOML"),
        (
            'id = "a"',
            'id = "a"\ntried = {"0" = "well", "2" = "AssertionError"}',
            "not the release",
        ),
        ('id = "a"', 'id = "a"\ntried = {"0" = "AssertionError", "1" = "well"}', "does not happen"),
    ],
)
def test_an_entry_that_says_too_little_is_refused(was, becomes, said):
    assert parse("scipy", ENTRY)[0].what == "It adds."
    assert was in ENTRY
    with pytest.raises(SpecError, match=said):
        parse("scipy", ENTRY.replace(was, becomes))


def test_every_target_has_a_file_of_expected_failures():
    assert {file.stem for file in EXPECTED.glob("*.txt")} == {*KNOWN}


@pytest.mark.parametrize("file", sorted(EXPECTED.glob("*.txt")), ids=lambda file: file.stem)
def test_every_expected_failure_has_its_reason_and_its_finding(file):
    for (law, op), reason in expected.read(file).items():
        assert reason, f"{law} {op}: no reason"
        assert known(file.stem, law, op), f"{law} {op}: no finding of {file.stem} explains it"


def test_a_broken_law_is_explained_by_a_finding_of_that_library_law_and_op():
    assert known("onnx", "shape", "max_pool2d") == "onnx-max-pool-pads-order"
    assert known("onnx", "shape", "max_pool1d") == ""
    assert known("scipy", "shape", "max_pool2d") == ""
    assert known("ncnn", "after-error", "conv1d") == "ncnn-kernel-too-large"  # broken by it, too
    assert known("ncnn", "after-error", "conv3d") == ""
    beneath = "tensorflow-max-pool-minus-infinity"
    assert known("keras_tensorflow", "definition", "max_pool2d") == beneath
    assert known("keras_jax", "definition", "max_pool2d") == ""


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        ({}, ""),
        ({"1": "AssertionError"}, "1, the oldest that was tried, or before"),
        (
            {"0": "well", "1": "AssertionError"},
            "1; the one tried before it was 0 (it does not happen)",
        ),
        (
            {"0": "ImportError", "1": "AssertionError"},
            "1; the one tried before it was 0 (the lines ended by ImportError)",
        ),
        (
            {"0": "AssertionError", "0.5": "well", "0.7": "AssertionError", "1": "AssertionError"},
            "0.7; the one tried before it was 0.5 (it does not happen)",
        ),
    ],
)
def test_since_when_is_read_off_what_was_tried(tried, said):
    one = dataclasses.replace(parse("scipy", ENTRY)[0], tried=tried)
    assert not one.faults()
    assert one.first_seen == said
