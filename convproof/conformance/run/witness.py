"""A few calls made anew by a script: what a target's process says of it is not all there is.

That process knows no answer, but the loop that notes the target's is in it, and NumPy, which a
target may alter there. A script has neither: it imports the target, calls it, and writes down what
it gets by functions that it took hold of beforehand. Its answers are held to the same laws.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from convproof.conformance.cases import corners, cover
from convproof.conformance.cases.config import Config
from convproof.conformance.cases.fill import build
from convproof.conformance.report.repro import call_lines
from convproof.conformance.report.rerun import Ended, run
from convproof.conformance.run.judge import Judge
from convproof.conformance.run.state import OpState
from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.layouts import from_native
from convproof.conformance.target.libraries import KNOWN
from convproof.conformance.target.loading import IMPORT
from convproof.conformance.target.locate import is_file
from convproof.conformance.target.outcome import Outcome, TargetCrashed, TargetFailure
from convproof.conformance.target.returned import results_of
from convproof.laws import LAWS
from convproof.laws.case import Case
from convproof.laws.law import Broken, NotApplied

Sayable = Callable[[OpState, Config], Config]
CALLS = 2  # of each op
_WHY = (
    "it answers its caller in one way and the process where its calls are noted in another (look "
    "at: what it alters there: NumPy's functions, those of its callers, sys.setprofile)",
)
_LARGEST = 2000  # entries of a call's arrays: they stand in the script

_HEAD = """\
import importlib, importlib.util, os, sys
import numpy as np
def _ways(out=os.dup(1), write=os.write, array=np.asarray, whole=np.ndarray.tobytes,
          shape=np.ndarray.shape.__get__, kind=np.ndarray.dtype.__get__, has=hasattr,
          lists=(tuple, list), isa=isinstance, mapping=dict, every=enumerate,
          process=os.getpid(), now=os.getpid, leave=os._exit):
    def tell(got, backward):
        if now() != process:
            leave(0)  # a fork that has come back
        if isa(got, mapping):
            parts = got.items()
        elif isa(got, lists) and got and (backward or has(got[0], "shape")):
            parts = every(got if backward else got[:1])
        else:
            parts = [(0, got)]
        for name, part in parts:
            if part is None:
                continue
            part = array(part.detach().cpu().numpy() if has(part, "detach") else part)
            about = f"{name} {kind(part).str} {[*shape(part)]}"
            said = f"\\nMARK {about} {whole(part).hex()}\\n".encode()
            while said:
                said = said[write(out, said):]
        write(out, b"\\nMARK\\n")
    return tell
_tell = _ways()
"""
_FILE = """\
sys.path.append({folder!r})
_spec = importlib.util.spec_from_file_location("called_by_a_script", {place!r})
_module = sys.modules["called_by_a_script"] = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
"""


def witness(judge: Judge, sayable: Sayable) -> None:
    """Make the calls, of a target whose every other call was noted where the target runs.

    Args:
        judge: who judged those; what breaks is kept by it.
        sayable: gives a config the padding that the target has words for.
    """
    target = judge.run.target
    alone = getattr(target, "apart", False) and target.stands_alone
    if not alone or target.spec in KNOWN:
        return
    for state in judge.run.states.values():
        adapter = target.adapter(state.op)
        cases = [] if state.decided or not adapter.findable else list(_cases(judge, state, sayable))
        if cases and not judge.run.stopped:
            mark = uuid.uuid4().hex
            ended = run(script(adapter, cases, mark), seconds=IMPORT + CALLS * target.timeout)
            if ended.status is None:  # as likely a busy machine's doing as the target's
                said = f"{state.op}: called by a script, it came to no end in time"
                judge.run.unfinished.append(said)
                continue
            for case, outcome in zip(cases, read(adapter, cases, mark, ended), strict=True):
                _hold(judge, state, case, outcome)


def _cases(judge: Judge, state: OpState, sayable: Sayable) -> Iterator[Case]:
    """Small calls that it has an answer to where it runs."""
    dtype = next((one for one in state.domain.dtypes if one != "float16"), None)
    configs = [*cover.structure(state.domain, 12, judge.run.seed)]
    configs += corners.basics(state.domain)
    found = 0
    for config in configs if dtype is not None else ():
        config = sayable(state, config)
        if not config.fits:
            continue
        case = build(state.op, config.but(style="small", memory="plain", dtype=dtype))
        if sum(array.size for array in case.arrays.values()) > _LARGEST:
            continue
        values = judge.trial.outcome(case).values
        if values is not None and values[0] is not None and np.any(values[0]):
            yield case
            found += 1
        if found == CALLS:
            return


def script(adapter: Adapter, cases: list[Case], mark: str) -> str:
    """The text that makes the calls, and writes after each what it got."""
    place = adapter.place
    lines = [_HEAD.replace("MARK", mark)]
    if is_file(place):
        whole = Path(place).expanduser().resolve()
        lines.append(_FILE.format(folder=str(whole.parent), place=str(whole)))
    elif adapter.imports:
        lines.append(f"_module = importlib.import_module({place!r})")
    lines += [f"{alias} = _module.{name}" for alias, name in adapter.imports.items()]
    lines.append(adapter.source)
    for case in cases:
        lines += [*call_lines(case, adapter), f"_tell(got, {case.backward})"]
    return "\n".join(lines)


def read(adapter: Adapter, cases: list[Case], mark: str, ended: Ended) -> list[Outcome]:
    """What the script got from each call."""
    calls: list[list[list[str]]] = [[]]
    for line in ended.output.splitlines():
        if line == mark:
            calls.append([])
        elif line.startswith(f"{mark} "):
            calls[-1].append(line.removeprefix(f"{mark} ").split(" ", 2))
    return [_outcome(adapter, case, calls, n, ended) for n, case in enumerate(cases)]


def _outcome(
    adapter: Adapter, case: Case, calls: list[list[list[str]]], n: int, ended: Ended
) -> Outcome:
    if n >= len(calls) - 1:  # the last one is what came after the last mark
        return Outcome(None, TargetCrashed(_end(ended)))
    try:
        parts = {name: _array(kind, rest) for name, kind, rest in calls[n]}
        raw: Any = parts
        if all(name.isdigit() for name in parts):
            size = 3 if case.backward and case.kernel is not None else 1
            raw = tuple([parts.get(str(place)) for place in range(size)])
        results = results_of(raw if case.backward else parts.get("0"), case, adapter.absent)
    except TargetFailure as error:
        return Outcome(None, error)
    names = ("x", "kernel", "bias")
    return Outcome(
        tuple(
            [
                None if item is None else from_native(name, item, adapter.layout, case.rank)
                for name, item in zip(names, results, strict=False)
            ]
        )
    )


def _array(kind: str, rest: str) -> np.ndarray[Any, Any]:
    shape, _, numbers = rest[1:].partition("] ")
    sizes = [int(size) for size in shape.split(",") if size.strip()]
    return np.frombuffer(bytes.fromhex(numbers), kind).reshape(sizes)


def _end(ended: Ended) -> str:
    last = (ended.output.strip().splitlines() or ["not a word"])[-1]
    return f"the process ended with exit code {ended.status}; it last wrote: {last[:200]}"


def _hold(judge: Judge, state: OpState, case: Case, outcome: Outcome) -> None:
    """Hold what the script got to the laws of single calls."""
    for law in LAWS.of(state.op, "call"):
        try:
            law.check(judge.trial, case, outcome)
        except NotApplied:
            continue
        except Broken as broken:
            name = broken.law or law.id
            judge.call(state, case, "witness")  # no other phase may have made this one
            if name in state.broken:
                return  # a mistake like others: it answers alike here and there
            reason = f"called by a script, it answers otherwise than here: {broken.reason}"
            if name in judge.run.laws:
                judge.keep(state, name, broken.but(reason=reason), "witness", _WHY)
            else:
                judge.run.unfinished.append(f"{state.op}: {reason}")
            return
