"""Problem 10.2.1 as a derivation: one step of training carries the rotation along.

Two runs, the second in coordinates x -> R x with its first weight and momentum at W R' and V R'
(the induction hypothesis).  Then its pre-activations are the first run's, so are the deltas that
backpropagation sends to them, its gradient is G R', and after the step its momentum and weight
are again the first run's times R'.
"""

from __future__ import annotations

from functools import cache

from sympy import (
    Add,
    Derivative,
    Eq,
    Expr,
    Indexed,
    IndexedBase,
    KroneckerDelta,
    Mul,
    S,
    Sum,
    Symbol,
    collect,
    expand,
)

from convproof.derive import rules
from convproof.derive.chain import Chain
from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import Limit, size
from convproof.errors import DerivationError

N, H, D = size("N"), size("H"), size("d")
n, h, i, j, k, u = (size(letter) for letter in "nhijku")
RATE, MOMENTUM, DECAY = Symbol("eta"), Symbol("mu"), Symbol("lambda")
W, R, X, DZ, V = (IndexedBase(name) for name in ("W", "R", "X", "dZ", "V"))
WP, XP, ZP, GP, VP = (IndexedBase(name) for name in ("W'", "X'", "Z'", "G'", "V'"))
Z, G, VN, WN = (IndexedBase(name) for name in ("Z", "G", "V^+", "W^+"))
Q, QP = IndexedBase("Q"), IndexedBase("Q'")
VPN, WPN = IndexedBase("V'^+"), IndexedBase("W'^+")


def _sum(term: Expr, index: Symbol, top: Symbol) -> Expr:
    return Sum(term, (index, 1, top))


_DEFINITIONS = (
    Definition(XP[n, i], _sum(R[i, k] * X[n, k], k, D), ((n, 1, N), (i, 1, D))),
    Definition(WP[h, i], _sum(W[h, j] * R[i, j], j, D), ((h, 1, H), (i, 1, D))),
    Definition(VP[h, i], _sum(V[h, j] * R[i, j], j, D), ((h, 1, H), (i, 1, D))),
    Definition(Z[n, h], _sum(W[h, j] * X[n, j], j, D), ((n, 1, N), (h, 1, H))),
    Definition(ZP[n, h], _sum(WP[h, i] * XP[n, i], i, D), ((n, 1, N), (h, 1, H))),
    Definition(G[h, j], _sum(DZ[n, h] * X[n, j], n, N), ((h, 1, H), (j, 1, D))),
    Definition(
        GP[h, i],
        Derivative(Sum(DZ[n, u] * ZP[n, u], (n, 1, N), (u, 1, H)), WP[h, i]),
        ((h, 1, H), (i, 1, D)),
    ),
    Definition(VN[h, j], MOMENTUM * V[h, j] + G[h, j] + DECAY * W[h, j], ((h, 1, H), (j, 1, D))),
    Definition(WN[h, j], W[h, j] - RATE * VN[h, j], ((h, 1, H), (j, 1, D))),
    Definition(
        VPN[h, i], MOMENTUM * VP[h, i] + GP[h, i] + DECAY * WP[h, i], ((h, 1, H), (i, 1, D))
    ),
    Definition(WPN[h, i], WP[h, i] - RATE * VPN[h, i], ((h, 1, H), (i, 1, D))),
    Definition(Q[h], _sum(W[h, j] ** 2, j, D), ((h, 1, H),)),
    Definition(QP[h], _sum(WP[h, i] ** 2, i, D), ((h, 1, H),)),
)
_MEANING = {one.left.base: one for one in _DEFINITIONS}
ORTHOGONAL = Eq(Sum(R[i, j] * R[i, k], (i, 1, D)), KroneckerDelta(j, k))


def _chain(goal: str, left: Expr, free: tuple[Limit, ...]) -> Chain:
    return Chain(goal, left, free, start=left)


def _unfold(expr: Expr, *bases: IndexedBase) -> Expr:
    """Replace arrays by what they stand for."""
    for base in bases:
        one = _MEANING[base]

        def meaning(*index: Expr, one: Definition = one) -> Expr:
            names = dict(zip(one.left.indices, index, strict=True))
            return one.right.subs(names, simultaneous=True)

        expr = rules.unfold(expr, base, meaning)
    return expr


def _fold(expr: Expr, base: IndexedBase) -> Expr:
    """The inverse for one array: wherever its meaning stands, write it."""
    return expr.xreplace({_MEANING[base].right: _MEANING[base].left})


def gather(expr: Expr) -> Expr:
    """One sum for a product of sums and for sums of sums: distributivity of * over +."""
    if isinstance(expr, Sum):
        inner, inside = _open(gather(expr.function))
        return Sum(inner, *inside, *expr.limits)
    if not isinstance(expr, Mul):
        return expr
    term: Expr = S.One
    limits: tuple[Limit, ...] = ()
    for part in expr.args:
        factor, more = _open(gather(part))
        if {limit[0] for limit in more} & {limit[0] for limit in limits}:
            raise DerivationError(f"two sums in {expr} share an index")
        term, limits = term * factor, (*limits, *more)
    return Sum(term, *limits) if limits else term


def _open(expr: Expr) -> tuple[Expr, tuple[Limit, ...]]:
    return (expr.function, tuple(expr.limits)) if isinstance(expr, Sum) else (expr, ())


def differentiate(expr: Expr) -> Expr:
    """Carry out the derivatives by an entry: Kronecker deltas appear."""
    return expr.replace(
        lambda node: isinstance(node, Derivative), lambda node: node.expr.diff(*node.variables)
    )


def split(expr: Expr, inner: Symbol) -> Expr:
    """The sum over `inner` first, and only over the factors that it concerns."""
    term, limits = _open(expr)
    mine = [part for part in Mul.make_args(term) if part.has(inner)]
    rest = [part for part in Mul.make_args(term) if not part.has(inner)]
    own = [limit for limit in limits if limit[0] == inner]
    return Sum(Mul(*rest) * Sum(Mul(*mine), *own), *(lim for lim in limits if lim[0] != inner))


def contract(expr: Expr, index: Symbol) -> Expr:
    """sum over i of R[i, a] R[i, b] = delta(a, b): the columns of R are orthonormal."""
    term, limits = _open(expr)
    pair = [p for p in Mul.make_args(term) if isinstance(p, Indexed) and p.base == R]
    if len(pair) != 2 or any(p.indices[0] != index for p in pair):
        raise DerivationError(f"no sum over {index} of two columns of R in {expr}")
    rest = Mul(*(part for part in Mul.make_args(term) if part not in pair))
    if rest.has(index):
        raise DerivationError(f"{index} stands elsewhere too in {expr}")
    delta = KroneckerDelta(pair[0].indices[1], pair[1].indices[1])
    return Sum(rest * delta, *(limit for limit in limits if limit[0] != index))


def combine(expr: Expr) -> Expr:
    """a sum f + b sum g = sum (a f + b g): linearity, where both run over j."""
    total: Expr = S.Zero
    for part in Add.make_args(expr):
        sums = [factor for factor in Mul.make_args(part) if isinstance(factor, Sum)]
        if len(sums) != 1 or tuple(sums[0].limits) != ((j, 1, D),):
            raise DerivationError(f"not a multiple of one sum over {j}: {part}")
        rest = Mul(*(factor for factor in Mul.make_args(part) if factor is not sums[0]))
        total += rest * sums[0].function
    return Sum(collect(expand(total), R[i, j]), (j, 1, D))


@cache
def training_step() -> Derivation:
    """The derivation: SGD with momentum and L2 decay, any batch, loss and remaining layers.

    The remaining layers enter through dZ alone, the loss's derivative by the pre-activations,
    which is a function of these, the remaining parameters and the labels.

    >>> [goal for goal in training_step().goals]
    ['initial law', 'pre-activation', 'gradient', 'momentum', 'weight']
    >>> training_step().goals["weight"].result
    Sum(R[i, j]*W^+[h, j], (j, 1, d))
    """
    rows: tuple[Limit, ...] = ((h, 1, H), (i, 1, D))

    nil = _chain("initial law", QP[h], ((h, 1, H),))
    nil.move("definition", _unfold(nil.now, QP), "what a Gaussian density is a function of")
    two_sums = _unfold(WP[h, i], WP) * _unfold(WP[h, i], WP).xreplace({j: k})
    nil.move("hypothesis", nil.now.xreplace({WP[h, i] ** 2: two_sums}), "weight W R', twice")
    nil.move("distributivity", gather(nil.now), "a product of finite sums is one sum")
    nil.move("orthogonality", contract(nil.now, i), "the columns of R are orthonormal")
    eliminated = rules.drop_implied(rules.eliminate(nil.now, k), nil.free)
    nil.move("delta elimination", eliminated, "only k = j contributes")
    nil.move(
        "definition",
        _fold(nil.now, Q),
        "so iid Gaussian W' = W R' has the density of W; |det R| = 1",
    )

    one = _chain("pre-activation", ZP[n, h], ((n, 1, N), (h, 1, H)))
    one.move("definition", _unfold(one.now, ZP), "what a first layer computes")
    one.move("hypothesis", _unfold(one.now, WP, XP), "data R x, weight W R'")
    one.move("distributivity", gather(one.now), "a product of finite sums is one sum")
    one.move("orthogonality", contract(one.now, i), "the columns of R are orthonormal")
    eliminated = rules.drop_implied(rules.eliminate(one.now, k), one.free)
    one.move("delta elimination", eliminated, "only k = j contributes")
    one.move(
        "definition",
        _fold(one.now, Z),
        "the first run's pre-activation: so dZ, and every later gradient, is the same too",
    )

    two = _chain("gradient", GP[h, i], rows)
    two.move(
        "chain rule", _unfold(two.now, GP), "the loss meets W' through Z' alone, with slope dZ"
    )
    inside = _unfold(ZP[n, u], ZP).xreplace({i: j})  # i is taken: it is the goal's own
    two.move("definition", two.now.xreplace({ZP[n, u]: inside}), "what a first layer computes")
    loss, entry = two.now.args[0], two.now.args[1][0]
    gathered = Derivative(gather(loss), entry)
    two.move("distributivity", gathered, "a product of finite sums is one sum")
    two.move(
        "differentiation",
        differentiate(two.now),
        "W'[u, j] by W'[h, i] is 1 where the indices agree, else 0",
    )
    for index in (u, j):
        eliminated = rules.drop_implied(rules.eliminate(two.now, index), rows)
        two.move("delta elimination", eliminated, f"only one {index} contributes")
    two.move("definition", _unfold(two.now, XP), "data R x")
    two.move("distributivity", gather(two.now), "a product of finite sums is one sum")
    two.move("rename", two.now.xreplace({k: j}), "k is called j")
    two.move("exchange", split(two.now, n), "finite sums in the other order")
    two.move("definition", _fold(two.now, G), "the first run's gradient")

    three = _chain("momentum", VPN[h, i], rows)
    three.move("definition", _unfold(three.now, VPN), "SGD with momentum and L2 decay")
    three.move("goal gradient", three.now.subs(GP[h, i], two.now), "as derived")
    three.move("hypothesis", _unfold(three.now, VP, WP), "momentum V R', weight W R'")
    three.move("linearity", combine(three.now), "of a finite sum")
    three.move("definition", _fold(three.now, VN), "the first run's new momentum")

    four = _chain("weight", WPN[h, i], rows)
    four.move("definition", _unfold(four.now, WPN), "the update")
    four.move("goal momentum", four.now.subs(VPN[h, i], three.now), "as derived")
    four.move("hypothesis", _unfold(four.now, WP), "weight W R'")
    four.move("linearity", combine(four.now), "of a finite sum")
    four.move("definition", _fold(four.now, WN), "the first run's new weight")

    chains = (nil, one, two, three, four)
    return Derivation(
        name="update-step",
        spec=None,
        output_shape=(N, H),
        goals={chain.name: chain.goal() for chain in chains},
        steps=tuple(step for chain in chains for step in chain.steps),
        arrays={W: (H, D), V: (H, D), R: (D, D), X: (N, D), DZ: (N, H)},
        definitions=_DEFINITIONS,
        given=(ORTHOGONAL,),
    )
