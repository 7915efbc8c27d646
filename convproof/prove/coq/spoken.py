"""What a printed statement about a derivation says, read on its own: Coq's text as Python.

A theorem may be proved of something narrower than the derivation, of other formulas printed alike
on both sides, or of what cannot be.  So each statement is read again, apart from the printer, at
small sizes: what it assumes has to hold there, and its two sides have to be what the derivation's
formulas are.  The ring is that of polynomials, with a letter for each entry of each array, and D
moves letters as the hypotheses say: if they contradict each other, one of them fails.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from convproof.derive.checker import places
from convproof.derive.evaluate import World
from convproof.derive.step import Derivation, Goal
from convproof.derive.worlds import sizes, world
from convproof.errors import DerivationError
from convproof.prove.coq.goals import bases
from convproof.prove.coq.script import statements, theorem_name
from convproof.prove.coq.terms import array

WORLDS = 9  # choices of sizes
TOKEN = re.compile(r"[()]|=>|:=|<->|->|/\\|\\/|&&|\|\||[<>=]+\??|[@\w.']+|[-+*/~:,]")
INFIX = ("<->", "\\/", "/\\", "||", "&&", "<>", "=", "=?", "<=", "<", ">=", ">", "<=?", "<?",
         ">=?", ">?", "+", "*", "/", "mod")  # fmt: skip
PYTHON = {"<->": "==", "\\/": "or", "/\\": "and", "||": "or", "&&": "and", "<>": "!=", "=": "==",
          "=?": "==", "/": "//", "mod": "%"}  # fmt: skip
Letter = tuple[Any, ...]


class Poly:
    """A polynomial: the coefficient of each product of letters."""

    def __init__(self, terms: Mapping[Letter, Any]) -> None:
        self.terms = {letters: c for letters, c in terms.items() if c}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.terms)))

    def plus(self, other: Poly) -> Poly:
        """The sum."""
        found = dict(self.terms)
        for letters, c in other.terms.items():
            found[letters] = found.get(letters, 0) + c
        return Poly(found)

    def times(self, other: Poly) -> Poly:
        """The product."""
        found: dict[Letter, Any] = {}
        for (one, c), (two, e) in itertools.product(self.terms.items(), other.terms.items()):
            both = tuple(sorted((*one, *two)))
            found[both] = found.get(both, 0) + c * e
        return Poly(found)

    def moved(self, how: Callable[[Letter], Poly]) -> Poly:
        """Leibniz's rule."""
        found = ZERO
        for letters, c in self.terms.items():
            for at, letter in enumerate(letters):
                rest = Poly({(*letters[:at], *letters[at + 1 :]): c})
                found = found.plus(rest.times(how(letter)))
        return found

    def value(self, read: Callable[..., Any]) -> Any:
        """What it comes to where each letter is the number that is read for it."""
        total: Any = Fraction(0)
        for letters, c in self.terms.items():
            product = Fraction(c)
            for name, *place in letters:
                product *= read(name, *place)
            total += product
        return total


ZERO, ONE = Poly({}), Poly({(): 1})


def tree(text: str) -> list[Any]:
    """The words of a text in brackets, brackets as lists."""
    stack: list[list[Any]] = [[]]
    for token in TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            inner = stack.pop()
            stack[-1].append(inner)
        else:
            stack[-1].append(token)
    whole: list[Any]
    (whole,) = stack[0]
    return whole


def python(said: Any) -> str:
    """An expression in Python's words."""
    if isinstance(said, str):
        return said.replace("'", "_").replace(".", "_")
    if said[0] == "fun":
        at = said.index("=>")
        return f"(lambda {', '.join(map(python, said[1:at]))}: {python(said[at + 1 :])})"
    if said[0] == "if":
        then, other = said.index("then"), said.index("else")
        return (f"({python(said[then + 1:other])} if {python(said[1:then])} "
                f"else {python(said[other + 1:])})")  # fmt: skip
    for sign in INFIX:
        if sign in said:
            signs = {one for one in said if isinstance(one, str) and one in INFIX}
            assert len(signs) == 1 or signs <= {"<", "<="}, said
            parts = [python(one) for one in split(said, sign)] if len(signs) == 1 else said
            if len(signs) > 1:
                return "(" + " ".join(map(python, parts)) + ")"
            return "(" + f" {PYTHON.get(sign, sign.removesuffix('?'))} ".join(parts) + ")"
    if said[0] in ("-", "~"):
        return f"({'-' if said[0] == '-' else 'not '}{python(said[1:])})"
    if len(said) == 1:
        return python(said[0])
    return f"{python(said[0])}({', '.join(map(python, said[1:]))})"


def split(said: list[Any], sign: str) -> list[list[Any]]:
    """What stands between the signs."""
    parts: list[list[Any]] = [[]]
    for one in said:
        if one == sign:
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


class Spoken:
    """A statement in parts: what it is over, what it defines, assumes and concludes."""

    def __init__(self, text: str) -> None:
        said = tree(text)
        self.over: dict[str, list[str]] = {}
        self.defined: dict[str, tuple[list[str], list[Any]]] = {}
        self.assumed: list[list[Any]] = []
        at = 0
        while True:
            if said[at] == "forall":
                end = said.index(",", at)
                self.over[said[at + 1]] = said[at + 3 : end]
                at = end + 1
            elif said[at] == "let":
                end, is_ = said.index("in", at), said.index(":=", at)
                letters = said[at + 2] if isinstance(said[at + 2], list) else []
                body = said[is_ + 1 : end]
                if not str(body[0]).startswith("Convproof"):
                    self.defined[said[at + 1]] = letters[: letters.index(":")], body
                at = end + 1
            elif at + 1 < len(said) and said[at + 1] == "->":
                if said[at][0] != "Ring_theory.ring_theory":  # polynomials are a ring
                    self.assumed.append(said[at])
                at += 2
            else:
                self.concluded = said[at:]
                return

    def sides(self) -> tuple[list[Any], list[Any]]:
        """What is concluded to be equal."""
        left, right = split(self.concluded, "=")
        return left, right


class Model:
    """A statement at numbers for its sizes and indices."""

    def __init__(
        self, spoken: Spoken, numbers: Mapping[str, int], read: Callable[..., Any]
    ) -> None:
        self.spoken, self.read = spoken, read
        self.rules: dict[str, Callable[..., Poly]] = {}
        self.scope: dict[str, Any] = {
            "rO": ZERO, "rI": ONE, "radd": Poly.plus, "rmul": Poly.times, "delta": self._delta,
            "sum": self._sum, "span": self._span, "top": self._top, "first": self._first,
            "D": self._derived, "Some": lambda one: one, "Z_abs": abs,
            "Z_max": max, "Z_min": min, "derivation": lambda one: True,
            "Convproof_Sums_sum": self._counted, "Z": None, "Z_add": None,
        }  # fmt: skip
        for name, kind in spoken.over.items():
            if kind == ["Z"]:
                self.scope[python(name)] = numbers[name]
            elif kind[0] == "Z" and kind[-1] in ("R", "Z"):
                self.scope[name] = self._array(name)
        self.scope["less"] = lambda one, two: one.value(read) < two.value(read)
        for name, (letters, body) in spoken.defined.items():
            text = f"lambda {', '.join(map(python, letters))}: {python(body)}"
            self.scope[name] = eval(text, self.scope)  # printed by us, read here

    def _array(self, name: str) -> Callable[..., Poly]:
        return lambda *place: Poly({((name, *place),): 1})

    def _delta(self, one: int, two: int) -> Poly:
        return ONE if one == two else ZERO

    def _sum(self, size: int, body: Callable[[int], Poly]) -> Poly:
        return self._span(1, size, body)

    def _span(self, low: int, high: int, body: Callable[[int], Poly]) -> Poly:
        found = ZERO
        for at in range(low, high + 1):
            found = found.plus(body(at))
        return found

    def _counted(self, ring: None, zero: int, add: None, size: int, body: Any) -> int:
        return sum(body(at) for at in range(1, size + 1))

    def _first(self, less: Any, size: int, body: Any) -> int:
        best, place = None, 1
        for at in range(1, size + 1):
            one = body(at)
            if one is not None and (best is None or less(best, one)):
                best, place = one, at
        return place

    def _top(self, less: Any, size: int, body: Any) -> Poly | None:
        found: Poly | None = body(self._first(less, size, body)) if size > 0 else None
        return found

    def _derived(self, one: Poly) -> Poly:
        return one.moved(lambda letter: self.rules[letter[0]](*letter[1:]))

    def value(self, said: Any) -> Any:
        """What an expression comes to."""
        return eval(python(said), self.scope)

    def number(self, said: Any) -> Any:
        """What one side comes to where the entries are numbers."""
        found = self.value(said)
        if isinstance(found, Poly):
            return found.value(self.read)
        return -math.inf if found is None else found

    def holds(self, said: Any) -> bool:
        """A hypothesis; one about D tells how letters move, or is what that comes to."""
        if said[0] != "forall":
            return bool(self.value(said))
        letters, body = said[1 : said.index(",")], said[said.index(",") + 1 :]
        (_, moved), right = split(body, "=")
        text = f"lambda {', '.join(letters)}: {python(right).replace('None', 'None_')}"
        wanted = eval(text, self.scope)
        if moved[0] in self.spoken.over:
            self.rules[moved[0]] = wanted
            return True
        told: dict[Poly, Poly] = {}  # equal entries cannot move in two ways
        for place in swept(len(letters)):
            entry, how = self.scope[moved[0]](*place), wanted(*place)
            if told.setdefault(entry, how) != how:
                return False
        known = all(one[0] in self.rules for entry in told for term in entry.terms for one in term)
        return not known or all(self._derived(entry) == how for entry, how in told.items())


def swept(rank: int) -> Iterator[tuple[int, ...]]:
    """Index values in range and out of it: one of them swept, the others small."""
    for rest in itertools.product((1, 2), repeat=rank - 1):
        for at, swept in itertools.product(range(rank), range(-1, 9)):
            yield (*rest[:at], swept, *rest[at:])


def misread(name: str, right: Derivation) -> list[str]:
    """Where the statements printed of a derivation say another thing than it does.

    One that cannot be read at any small sizes is among them.
    """
    found: list[str] = []
    stated = statements(name, right)
    for goal in right.goals.values():
        theorem, seen = theorem_name(name, goal.name), 0
        spoken = Spoken(stated[theorem])
        for seed, numbers in enumerate(sizes(right, WORLDS)):
            made = world(right, numbers, seed)
            where = list(places(goal.free, made))
            for place in where[seed % 3 :: max(1, len(where) // 3)]:
                found += _misread(theorem, spoken, goal, made, _reader(right, made), place)
                seen += 1
        found += [] if seen else [f"{theorem} was not read at any sizes"]
    return found


def _misread(
    theorem: str,
    spoken: Spoken,
    goal: Goal,
    made: World,
    read: Callable[..., Any],
    place: tuple[int, ...],
) -> Iterator[str]:
    letters = [index for index, _, _ in goal.free]
    at = {str(s): v for s, v in (*made.sizes.items(), *zip(letters, place, strict=True))}
    model = Model(spoken, at, read)
    for assumed in spoken.assumed:
        if not model.holds(assumed):
            yield f"{theorem} assumes {python(assumed)}, which is not so at {at}"
            return
    try:
        if "<->" in str(spoken.concluded):
            said, wanted = (bool(model.value(spoken.concluded)),), (True,)
        else:
            said = tuple(map(model.number, spoken.sides()))
            wanted = tuple(
                made.function(side, letters)(*place) for side in (goal.start, goal.result)
            )
    except DerivationError as error:
        yield f"{theorem} at {at}: {error}"
        return
    if said != wanted:
        yield f"{theorem} says {said}, not {wanted}, at {at}"


def _reader(right: Derivation, made: World) -> Callable[..., Any]:
    """What the entry of an array is in a world, by its Coq name."""
    known = {one.left.base for one in right.definitions} | set(right.arrays)
    for goal in right.goals.values():
        known |= bases(goal.start, goal.result)
    named = {array(base): base for base in known}

    def read(name: str, *place: int) -> Any:
        value = made.read(named[name], *place)
        return Fraction(1, value) if name.startswith("inv_") else value

    return read
