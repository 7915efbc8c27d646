"""Each finding is of a kind that is planted, and the laws notice the plant."""

from __future__ import annotations

import inspect

import pytest

from convproof.conformance.findings.finding import SIGNALS, findings
from convproof.conformance.run.engine import check
from convproof.conformance.survey import survey
from convproof.conformance.target.target import Target
from convproof.laws.op import Op
from property_tests import corpus
from tests.conformance.findings import kinds

PLANTS = {
    name.replace("_", "-"): plant
    for name, plant in vars(kinds).items()
    if inspect.isfunction(plant) and not name.startswith("_")
}
CORPUS = {entry.name: entry for entry in corpus.wrong()}
PROCESS = {"ends-the-process", "never-ends"}  # planted in the last test
# No call of `check` has a window of max-pooling with every tap in the padding.
UNSEEN = {"window-of-padding"}


@pytest.mark.parametrize("one", findings(), ids=lambda one: one.id)
def test_its_kind_is_planted(one):
    assert one.kind in {*CORPUS, *PLANTS, *PROCESS}
    ends = any(end in SIGNALS for end in one.endings)
    assert ends == (one.kind in PROCESS)
    if one.kind in CORPUS:  # a conv for a conv, a gradient for a gradient; the rank may differ
        ours = {(Op.of(op).kind.removesuffix("_transpose"), Op.of(op).backward) for op in one.ops}
        theirs = {(Op.of(op).kind, Op.of(op).backward) for op in CORPUS[one.kind].ops}
        assert ours & theirs or one.kind == "kernel-larger-than-image-accepted"


@pytest.mark.parametrize("name", PLANTS)
def test_the_plant_is_of_a_finding_and_the_laws_notice_it(name):
    functions, more = PLANTS[name]()
    of = [one for one in findings() if one.kind == name]
    assert PLANTS[name].__doc__.partition(":")[0] in {one.id for one in of}
    op = list(functions)[-1]
    target = Target("planted", layout="channels_first", **functions, **more)
    result = check(target, ops=[op], laws=[of[0].law], examples=60)
    noticed = [one.law for one in result.failures] + [one.what for one in result.limits]
    assert bool(noticed) == (name not in UNSEEN), result


ENDS = """
import os, signal, time
import convproof as cp

def conv2d(x, w, b=None, stride=1, padding=0):
    if len(x) == 0:
        {what}
    return cp.conv2d(x, w, b, stride=stride, padding=padding, layout="channels_first")
"""


def test_what_ends_the_process_or_never_ends_is_a_row_and_not_the_end_of_the_run(tmp_path):
    ends = sorted({end for one in findings() for end in one.endings} & {*SIGNALS})
    assert {"SIGALRM", "SIGFPE", "SIGSEGV"} <= {*ends}
    files = []
    for end in ends:
        hangs = end == "SIGALRM"
        what = "time.sleep(99)" if hangs else f"os.kill(os.getpid(), signal.{end})"
        files.append(tmp_path / f"{end}.py")
        files[-1].write_text(ENDS.format(what=what))
    rows = list(survey(map(str, files), timeout=5, laws=["empty-batch"], examples=40))
    assert len(rows) == len(ends)
    for end, row in zip(ends, rows, strict=True):
        (broken,) = row["broken"]
        assert (broken["law"], broken["op"]) == ("empty-batch", "conv2d")
        assert ("5 s" if end == "SIGALRM" else end) in broken["reason"]
