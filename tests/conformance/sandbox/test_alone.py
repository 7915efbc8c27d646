"""Where convproof is not: what a target finds there, and what it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from types import CodeType

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.sandbox import bundle
from convproof.conformance.sandbox.believed import plain_about
from convproof.conformance.sandbox.isolated import opened
from convproof.conformance.target.outcome import TargetCrashed
from convproof.errors import TargetError
from tests.conformance.planted import RIGHT, file_with
from tests.conformance.planted import conv2d as planted
from tests.conformance.sandbox.test_isolated import case, goes_on

ALONE = "convproof.conformance.sandbox.alone"


def names(code):
    inner = [item for item in code.co_consts if isinstance(item, CodeType)]
    return set(code.co_names).union(*map(names, inner))


def test_it_takes_along_no_law_no_oracle_and_nothing_it_does_not_find_there():
    modules = set(bundle.modules_of(ALONE))
    assert not {name for name in modules if name.startswith("convproof.laws")} - {
        "convproof.laws.case",
        "convproof.laws.axis",
        "convproof.laws.by_name",  # what "same" may stand for: a spelling, not an answer
        "convproof.laws.op",
    }
    for name in modules:
        code = __import__("importlib").util.find_spec(name).loader.get_code(name)
        used = {one for one in names(code) if one.startswith("convproof.")}
        folders = {one.rpartition(".")[0] for one in modules}
        assert used <= modules | folders, name


def test_a_target_finds_no_convproof_and_no_answer(tmp_path):
    body = """
    import sys
    right = conv2d

    def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
        loaded = [name for name in sys.modules if name.split(".")[0] in ("convproof", "held")]
        frame, found = sys._getframe(), []
        while frame is not None:
            found += [n for n in (*frame.f_locals, *frame.f_globals) if "oracle" in n]
            frame = frame.f_back
        if len(x) == 3 and (loaded or found):
            raise ValueError(f"{loaded} {found}")
        return right(x, w, b, stride, padding)
    """
    with opened(str(file_with(tmp_path, text=RIGHT + textwrap.dedent(body))), timeout=5) as target:
        assert target.stands_alone
        goes_on(target)


FORGED = """
import os, struct
right = conv2d

def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    if len(x) == 3:
        for pipe in range(3, 30):
            try:
                os.write(pipe, struct.pack("<QQ", 20, 0) + b'[{"ok": true}, []]  ')
            except OSError:
                pass
    return right(x, w, b, stride, padding)
"""


def test_an_answer_of_a_stranger_s_is_none(tmp_path):
    with opened(str(file_with(tmp_path, text=RIGHT + FORGED)), timeout=5) as target:
        assert type(target.call(case()).error) is TargetCrashed


def test_it_says_who_it_calls_and_the_lines_are_ours(tmp_path):
    path = file_with(tmp_path, text=RIGHT)
    spec = f"{path}:conv2d"
    with opened(spec, timeout=5) as target:
        about = target.about()
    assert plain_about(about, spec)["spec"] == spec
    adapter = about["adapters"]["conv2d"]
    for change, said in (
        ({"imports": {"function": "another"}}, "another would be called as conv2d, not conv2d"),
        ({"source": "def conv2d(x, w): return 0"}, "are not ours"),
        (
            {"source": "import os\n" + adapter["source"], "written": {}, "about": "a class"},
            "are not ours",
        ),
    ):
        lying = {**about, "adapters": {"conv2d": {**adapter, **change}}}
        with pytest.raises(TargetError, match=said):
            plain_about(lying, spec)
    assert plain_about({**about, "allow": ["definition"]}, spec)["allow"] == ()


OBJECT = (
    RIGHT
    + """
import sys
import convproof as cp

def odd(x, w, b=None, stride=(1, 1), padding=(0, 0)):
    for name, module in list(sys.modules.items()):
        if name.endswith(".invoke"):  # what makes our calls, were it convproof's
            module.results_of = lambda raw, case, absent=(): (raw / 2,)
    beside = any(name.startswith("convproof.laws.oracle") for name in sys.modules)
    return (1 if beside else 2) * conv2d(x, w, b, stride, padding)

mine = cp.Target("mine", conv2d=odd, conventions={"result_dtype": "same"}, dtypes=["float64"])
hidden = cp.Target("hidden", conv2d=lambda x, w: conv2d(x, w), layout="channels_first")
"""
)


def test_a_target_object_of_a_file_is_called_where_convproof_is_not(tmp_path):
    place = file_with(tmp_path, text=OBJECT)
    with opened(f"{place}:hidden", timeout=5) as target:
        assert target.stands_alone
        goes_on(target)
    with opened(f"{place}:mine", timeout=5) as target:
        assert target.stands_alone
        assert target.conventions.result_dtype == "same"
        assert target.adapter("conv2d").imports == {"function": "mine.functions.conv2d"}
        twice = target.call(case()).value
        about = {**target.about(), "variable": ""}
        notes = cp.check(target, examples=2, fail_fast=True).notes
    assert any("mine is a Target that the file makes" in note for note in notes)
    with opened(f"{place}:conv2d", timeout=5) as target:
        np.testing.assert_array_equal(twice, 2 * target.call(case()).value)
    with pytest.raises(TargetError, match=r"mine.functions.conv2d would be called as conv2d"):
        plain_about(about, f"{place}:mine")


def test_a_known_library_is_called_there_too_by_our_lines():
    with opened("scipy", timeout=20) as target:
        assert target.stands_alone
        goes_on(target)
        with pytest.raises(TargetError, match="is channels_first"):
            opened("scipy", timeout=20, layout="channels_last")


def test_a_known_library_whose_name_is_no_packages_is_found_there(monkeypatch):
    """As `opencv` is of cv2; and what it reads while it is imported is set for that process."""
    import convproof.conformance.target.libraries.opencv_ as module
    from convproof.conformance.target.libraries import scipy_

    monkeypatch.setattr(module, "NEEDS", {"scipy": "scipy"})
    monkeypatch.setattr(module, "ENVIRONMENT", {"CONVPROOF_TEST": "1"}, raising=False)
    monkeypatch.setattr(module, "target", scipy_.target)
    monkeypatch.delenv("CONVPROOF_TEST", raising=False)
    with opened("opencv", timeout=20) as target:
        goes_on(target)
    assert os.environ["CONVPROOF_TEST"] == "1"


def test_functions_in_memory_are_said_to_have_convproof_beside_them():
    made = cp.Target("t", conv2d=lambda x, w: planted(x, w))
    notes = cp.check(made, examples=1, timeout=20, fail_fast=True, laws=["shape"]).notes
    assert any("but with convproof beside it" in note for note in notes)


def test_a_file_that_imports_only_beside_convproof_is_told(tmp_path):
    text = "import sys\nassert 'convproof' in sys.modules, 'alone'\n" + RIGHT
    with (
        opened(str(file_with(tmp_path, text=text)), timeout=5) as target,
        pytest.raises(TargetError, match="does not import where convproof is not"),
    ):
        target.call(case())


def test_a_library_and_a_function_say_that_they_ran_with_their_judge(tmp_path):
    path = file_with(tmp_path, text=RIGHT)
    line = (
        "from mine import conv2d; import convproof as cp; print(cp.check(conv2d, examples=3).notes)"
    )
    done = subprocess.run(
        [sys.executable, "-c", line], cwd=path.parent, capture_output=True, text=True, check=True
    )
    assert "the target ran in the process that judges it" in done.stdout
    done = subprocess.run(
        [sys.executable, "-m", "convproof", "check", path.name, "--examples", "3"],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "the process that judges it" not in done.stdout
