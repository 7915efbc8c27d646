"""Small sizes at which a convolution is decided: all its coefficients read, and all right."""

from __future__ import annotations

from collections.abc import Iterator

from convproof.conformance.cases.fill import build
from convproof.conformance.report.record import Decided
from convproof.conformance.run.state import OpState, RunState
from convproof.laws.op import Op

SECONDS = 3.0  # for one op
RESULTS = {False: ("y",), True: ("dx", "dkernel")}


def decided(run: RunState, state: OpState) -> Iterator[Decided]:
    """The results whose every coefficient is right, at sizes that use what the op takes.

    Nothing is said where a law is broken, or where the target cannot be read in time.
    """
    from convproof.conformance.faults.patience import Patient
    from convproof.conformance.faults.reading.probe import Unreadable
    from convproof.conformance.faults.reading.reading import reading

    target, op, domain = run.target, state.op, state.domain
    named = Op.of(op)
    if "definition" not in run.laws or state.broken or run.stopped:
        return
    if named.kind != "conv" or not domain.unequal("taps"):
        return
    asked = Patient(target, SECONDS)
    ones = (1,) * named.rank
    config = domain.plain((4, 3, 3), (2, 1, 2)).but(
        batch=2,
        inputs=1 if domain.takes("groups") else 2,
        outputs=1 if domain.takes("groups") else 2,
        groups=2 if domain.takes("groups") else 1,
        bias=False,
        stride=tuple(2 * n for n in ones) if domain.takes("stride") else ones,
        padding=((1, 1),) * named.rank if domain.takes("padding") else ((0, 0),) * named.rank,
    )
    if not domain.allows(config):
        return
    case = build(op, config)
    for result in RESULTS[named.backward]:
        try:
            found = reading(asked, case, result, asked.end)
        except (Unreadable, ValueError):
            continue
        if found.decided:
            yield Decided(op, result, case.describe(), found.calls)
    if asked.cut:
        run.notes.append(f"{op}: not decided at any sizes: reading it was cut after {SECONDS:g} s")
