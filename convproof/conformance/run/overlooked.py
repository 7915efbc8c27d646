"""What of a target nobody looked at: functions, dtypes, parameters and results, each with why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from convproof.conformance.report.result import NotJudged
from convproof.conformance.run.state import RunState
from convproof.conformance.target.opnames import not_an_op
from convproof.laws.op import OPS, Op

LIKE_AN_OP = re.compile(r"conv|pool|correl", re.IGNORECASE)
FEW = 0.05  # of the calls: a dtype that has less was hardly judged


def not_judged(run: RunState) -> Iterator[NotJudged]:
    """All of it."""
    beside: Mapping[str, Sequence[str]] = getattr(run.target, "beside", {})
    made_of = {
        op: {name.split(".")[0] for name in run.target.adapter(op).imports.values()}
        for op in run.target.ops
    }
    judged = set().union(*made_of.values())
    back = set().union(*(names for op, names in made_of.items() if Op.of(op).backward))
    for name in beside:
        layer, _, method = name.partition(".")
        if method and layer in judged - back:
            yield NotJudged(name, "no way was found to get gradients of the right shapes from it")
    for name in functions(beside, judged):
        yield NotJudged(name, not_an_op(name) or "no op of the laws is known to be computed by it")
    for op in sorted(run.target.ops - run.states.keys(), key=OPS.index):
        yield NotJudged(op, "not asked for")
    for op, state in run.states.items():
        adapter = run.target.adapter(op)
        for name in adapter.ignored:
            yield NotJudged(f"{op}: {name}", "a parameter that stayed at its default")
        for name in sorted(run.trial.absent(op)):
            yield NotJudged(f"{op}: {name}", "nobody computes it")
        if op in run.trial.notes.no_bias_gradient:
            yield NotJudged(f"{op}: dbias", "none is returned")
        for said, count in state.unasked.items():
            if not said.endswith(("as declared", "as its calls show")):
                yield NotJudged(f"{op}: {count} calls", said)
        calls = sum(state.dtypes.values())
        for dtype in ("float64", "float32"):
            if dtype not in state.domain.dtypes:
                yield NotJudged(f"{op}: {dtype}", _SINGLE if "single" in adapter.says else _UNSEEN)
            elif calls and state.dtypes[dtype] < FEW * calls and not state.decided:
                told = f"{state.dtypes[dtype]} of {calls} answered calls had it"
                yield NotJudged(f"{op}: {dtype}", told)
        if adapter.array == "torch":
            yield NotJudged(f"{op}: bfloat16", "calls are made of NumPy arrays, which have none")


_UNSEEN = "the function was not seen to answer it"
_SINGLE = "its text says that it works in less, and its answers have no more digits"


def functions(beside: Mapping[str, Sequence[str]], judged: set[str]) -> list[str]:
    """Names in a module that look like an op, and that nothing judged leads to."""
    reached: set[str] = set()
    ahead = [name for name in judged if name in beside]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [used for used in beside[name] if used in beside]
    plain = (name for name in beside if "." not in name)
    return [name for name in plain if LIKE_AN_OP.search(name) and name not in reached]
