"""A law: one sentence every right implementation obeys, with the check that finds it broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from convproof.errors import ConvproofError, SpecError
from convproof.laws.case import Array, Case
from convproof.laws.op import KINDS, Op

# What most laws speak of: windows that slide over the input.
SLIDING = ("conv", "max_pool", "avg_pool")
EVERY = " ".join(KINDS)

SCOPES = ("call", "relation", "session", "target")


class Broken(Exception):
    """A law does not hold: why, for which call, what was expected and what came.

    `law` is set by whoever runs the law, unless the finding belongs to another one (a call that
    gives no answer breaks "returns-an-answer" whichever law made it).

    >>> str(Broken("y differs", None, 1, 2))
    'y differs'
    """

    def __init__(
        self,
        reason: str,
        case: Case,
        expected: Any = None,
        got: Any = None,
        law: str | None = None,
        before: tuple[Case, ...] = (),
        result: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason, self.case, self.expected, self.got = reason, case, expected, got
        self.law, self.before, self.result = law, before, result

    def but(self, **changes: Any) -> Broken:
        """The same finding with some of its facts changed."""
        names = ("reason", "case", "expected", "got", "law", "before", "result")
        return Broken(**({name: getattr(self, name) for name in names} | changes))


class NotApplied(Exception):
    """The law has nothing to say about this call or target; the message says why."""


@dataclass(frozen=True)
class Law:
    """One law.

    Attributes:
        id: stable name, used on the command line and in expected-failures files.
        family: the file it lives in.
        statement: what it says, in one sentence.
        equation: the same in symbols.
        equations: where ops differ, each kind's own ("max_pool", "max_pool_backward", ...).
        kinds: of `op.KINDS`: what it applies to.
        ways: "forward", "backward".
        needs: parameters that the target must take (`Target.accepts`).
        scope: "call" (judged on every call made), "relation" (makes calls of its own, starting
            from one), "session" (makes several calls in a row), "target" (looks at the whole).
        implied_by: laws that, once broken, explain a break of this one.
        source: where the law comes from.
        check: raises `Broken` or `NotApplied`; returns nothing if the law holds.
        suits: which calls are worth starting from.
    """

    id: str
    family: str
    statement: str
    equation: str
    check: Callable[..., None] = field(repr=False)
    kinds: frozenset[str] = frozenset(SLIDING)
    ways: frozenset[str] = frozenset({"forward", "backward"})
    needs: tuple[str, ...] = ()
    scope: str = "relation"
    implied_by: tuple[str, ...] = ("returns-an-answer", "shape", "definition")
    source: str = "the definition, equation (10.8)"
    suits: Callable[[Case], bool] = field(default=lambda case: True, repr=False)
    runs: int = 12
    equations: Mapping[str, str] = field(default_factory=dict, repr=False)

    def formula(self, op: str) -> str:
        """The equation, of this op where it has one of its own."""
        return self.equations.get(Op.of(op).family, self.equation)

    def applies(self, op: str) -> bool:
        """Whether it says anything about `op`."""
        named = Op.of(op)
        return named.kind in self.kinds and named.way in self.ways


class Registry(Mapping[str, Law]):
    """Laws by id, in the order in which they were declared."""

    def __init__(self) -> None:
        self._laws: dict[str, Law] = {}
        self._of: dict[tuple[str, str], list[Law]] = {}  # asked for at every call that is judged

    def add(self, law: Law) -> Law:
        """Declare a law; ids are used once."""
        if law.id in self._laws:
            raise ConvproofError(f"law {law.id!r} is declared twice")
        self._laws[law.id] = law
        self._of.clear()
        return law

    def __getitem__(self, key: str) -> Law:
        return self._laws[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._laws)

    def __len__(self) -> int:
        return len(self._laws)

    def of(self, op: str, scope: str) -> list[Law]:
        """The laws of one scope that apply to `op`."""
        if (op, scope) not in self._of:
            found = [law for law in self._laws.values() if law.scope == scope and law.applies(op)]
            self._of[op, scope] = found
        return self._of[op, scope]

    def arrange(self) -> None:
        """Put the laws in order: what looks at every call comes first, then family by family."""
        order = sorted(self._laws.values(), key=lambda law: (SCOPES.index(law.scope), law.family))
        self._laws = {law.id: law for law in order}
        self._of.clear()

    def select(self, ids: Iterable[str] | None) -> frozenset[str]:
        """The ids (or families) asked for, as ids; all of them for None."""
        if ids is None:
            return frozenset(self._laws)
        chosen: set[str] = set()
        for name in [ids] if isinstance(ids, str) else ids:
            matching = {law.id for law in self._laws.values() if name in (law.id, law.family)}
            if not matching:
                raise SpecError.one_of("laws", name, self._laws, "a family of laws")
            chosen |= matching
        return frozenset(chosen)


LAWS = Registry()


def law(
    id: str,
    statement: str,
    equation: str,
    *,
    kinds: str = " ".join(SLIDING),
    ways: str = "forward backward",
    needs: str = "",
    **more: Any,
) -> Callable[[Callable[..., None]], Law]:
    """Declare the decorated check as a law; the family is the name of its file."""

    def declare(check: Callable[..., None]) -> Law:
        return LAWS.add(
            Law(
                id,
                check.__module__.rsplit(".", 1)[-1],
                statement,
                equation,
                check,
                frozenset(kinds.split()),
                frozenset(ways.split()),
                tuple(needs.split()),
                **more,
            )
        )

    return declare


def nonempty(values: Iterable[Array | None]) -> list[Array]:
    """The arrays that are there."""
    return [value for value in values if value is not None]


__all__ = ["LAWS", "Broken", "Law", "NotApplied", "Registry", "law", "nonempty"]
