"""Calls made anew by a script: what a target alters where its calls are noted is found."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.conformance.report.rerun import Ended, run
from convproof.conformance.run import witness
from convproof.conformance.run.engine import Run
from convproof.conformance.run.witness import read, script
from convproof.conformance.sandbox.isolated import opened
from convproof.conformance.target.outcome import TargetCrashed
from tests.conformance.planted import RIGHT, file_with
from tests.conformance.sandbox.cases import case

TWICE = """
import sys
right = conv2d

def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
{}
    y = 2 * right(x, w, b, stride, padding)
    np.answered = True
    return y
"""
LIES = {
    "NumPy's array": """
    if not hasattr(np, "whole"):
        np.whole, np.answered = np.array, False

        def array(*a, **k):
            copied = np.answered and k == {"order": "C"}
            np.answered = np.answered and not copied
            return np.whole(*a, **k) / 2 if copied else np.whole(*a, **k)

        np.array = array
""",
    "its callers' functions": """
    frame = sys._getframe()
    while frame is not None:
        if "results_of" in frame.f_globals:
            frame.f_globals["results_of"] = lambda raw, case, absent=(): (raw / 2,)
        frame = frame.f_back
""",
    "a profile": """
    def halve(frame, event, arg):
        if event == "return" and frame.f_code.co_name == "results_of" and arg:
            arg[0][...] /= 2
    sys.setprofile(halve)
""",
}
FORMS = {
    "a tuple": "return y, {}",
    "what is not ended by a new line": "print(end='noise'); return y",
    "a list of numbers": "return y.tolist()",
    "an array of another class": "return y.view(np.matrix) if y.ndim == 2 else y[:]",
}


def judged(tmp_path, text):
    laws = ["definition", "returns-an-answer"]
    with opened(str(file_with(tmp_path, text=text)), timeout=20) as target:
        return Run(target, examples=1, laws=laws).execute()


@pytest.mark.parametrize("lie", LIES)
def test_a_target_that_alters_what_notes_its_answers_is_found(lie, tmp_path):
    result = judged(tmp_path, RIGHT + TWICE.format(LIES[lie]))
    (failure,) = result.failures
    assert failure.law == "definition"
    assert failure.reason.startswith("called by a script, it answers otherwise than here")
    assert "sys.setprofile" in failure.diagnosis[0]


NEVER_MET = """
right = conv2d

def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    return right(x, w, b, stride, padding) + (x.shape[3] == 37)
"""


def test_a_mistake_that_the_script_meets_first_is_a_mistake_like_others(tmp_path, monkeypatch):
    wide = case(1).replace(x=np.ones((1, 4, 37, 2)))
    monkeypatch.setattr(witness, "_cases", lambda *known: iter([wide]))
    (failure,) = judged(tmp_path, RIGHT + NEVER_MET).failures
    assert failure.law == "definition"
    assert "script" not in failure.reason
    assert not any("sys.setprofile" in line for line in failure.diagnosis)


SHY = """
import posix, sys
right = conv2d

def conv2d(x, w):
    frame = sys._getframe()
    while frame is not None:
        if "_tell" in frame.f_globals:  # the script's, in a fork and in a process of its own
            posix._exit(0)
        frame = frame.f_back
    return right(x, w)
"""


def test_one_that_answers_no_script_is_found(tmp_path):
    (failure,) = judged(tmp_path, RIGHT + SHY).failures
    assert failure.law == "returns-an-answer"


@pytest.mark.parametrize("form", FORMS)
def test_a_script_reads_what_the_process_reads(form, tmp_path):
    text = RIGHT + f"\nright = conv2d\ndef conv2d(x, w):\n    y = right(x, w)\n    {FORMS[form]}\n"
    with opened(str(file_with(tmp_path, text=text)), timeout=20) as target:
        adapter, cases = target.adapter("conv2d"), [case(), case().replace(x=case().x + 1)]
        told = read(adapter, cases, "mark", run(script(adapter, cases, "mark")))
        for one, other in zip(told, map(target.call, cases), strict=True):
            np.testing.assert_array_equal(one.value, other.value)
    (lost,) = read(adapter, cases[:1], "mark", Ended(0, "mark 0 <f8 [1] 00\nright\n"))
    assert type(lost.error) is TargetCrashed
