"""What the report rests on: verdicts and replays, kept by every word of the sources and tools.

Nothing is taken from an earlier run unless all files of the package, the versions of all installed
packages, Python and Coq are the same; then the run would be the same.
"""

from __future__ import annotations

import importlib.metadata
import multiprocessing
import os
import platform
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from convproof.evidence import Verdict
from convproof.files import package_digest

if TYPE_CHECKING:
    from convproof.chapter import Ledger
    from convproof.report.pages import Derived, Part

_PROCESSES = 2  # more gain little: one derivation takes as long as all small ones
_FIRST = ("conv_transpose3d", "conv3d", "conv_transpose2d")  # the long ones


@cache
def everything() -> str:
    """One digest of all that verdicts and replays depend on."""
    from convproof.prove import kept
    from convproof.prove.coq import tool

    versions = sorted(
        f"{found.name} {found.version}" for found in importlib.metadata.distributions()
    )
    return kept.digest(
        package_digest(),
        platform.platform(),
        platform.python_version(),
        str(tool.version()),
        *versions,
    )


def keep(found: Ledger) -> None:
    """Keep a whole ledger that is as expected: anything else is asked again."""
    from convproof.chapter import select
    from convproof.prove import kept

    if found.ok and list(found) == [item.id for item in select()]:
        kept.write("ledger", everything(), record(found))


def record(found: Ledger) -> dict[str, Any]:
    """The ledger as the report stores it, and the files that judge its proofs again."""
    from convproof.chapter.pack import pack
    from convproof.report.pages import stored

    return {"ledger": stored(found), "proofs": pack(found)}


def proofs() -> dict[str, str]:
    """The files of Coq, by name."""
    from convproof.prove import kept
    from convproof.prove.coq.kernel import proof_files

    before = kept.read("proofs", everything())
    if before is None:
        before = proof_files()
        kept.write("proofs", everything(), before)
    return {str(name): str(text) for name, text in before.items()}


def ledger(*, fresh: bool) -> tuple[dict[str, Any], dict[str, str], bool]:
    """The ledger as the report stores it, its proofs, and whether an earlier run had found it."""
    from convproof.chapter import prove
    from convproof.prove import kept

    before = None if fresh else kept.read("ledger", everything())
    if before is not None and set(before) == {"ledger", "proofs"}:
        return before["ledger"], before["proofs"], True
    found = prove()
    keep(found)
    made = record(found)
    return made["ledger"], made["proofs"], False


def uncovered(*, fresh: bool) -> list[dict[str, Any]]:
    """What lawful calls run through and no certificate does, as rows."""
    from convproof.certify import passage
    from convproof.prove import kept

    before = None if fresh else kept.read("uncovered", everything())
    if before is not None:
        return list(before["rows"])
    rows = [asdict(one) for one in passage.uncovered()]
    kept.write("uncovered", everything(), {"rows": rows})
    return rows


def names() -> tuple[str, ...]:
    """The derivations that the report shows, in order."""
    from convproof.derive import NAMES

    return (*NAMES, "update-step")


def derivation(name: str) -> Derived:
    """One of them."""
    from convproof.derive import derive
    from convproof.theory.update_step import update_step

    return update_step() if name == "update-step" else derive(name)


def replayed(found: Derived, *, fresh: bool) -> tuple[Verdict, int]:
    """What replaying its steps, and comparing what is told with them, came to."""
    from convproof.prove import kept

    key = kept.digest(everything(), found.name, found.digest)
    before = None if fresh else kept.read("replayed", key)
    if before is not None:
        return Verdict.held(str(before["reason"])), int(before["compared"])
    verdict, compared = found.check(), found.compare()
    if verdict.holds:
        kept.write("replayed", key, {"reason": verdict.reason, "compared": compared})
    return verdict, compared


def one_part(name: str, fresh: bool = False) -> Part:
    """A derivation's pages."""
    from convproof.report.pages import part

    found = derivation(name)
    return part(found, *replayed(found, fresh=fresh))


def parts(*, fresh: bool) -> Iterator[Part]:
    """All of them, in order, made by two processes."""
    wanted = names()
    if len(os.sched_getaffinity(0)) == 1:
        yield from (one_part(name, fresh) for name in wanted)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, mp_context=context) as pool:
        begun = {
            name: pool.submit(one_part, name, fresh)
            for name in sorted(wanted, key=lambda name: name not in _FIRST)
        }
        for name in wanted:
            yield begun[name].result()
