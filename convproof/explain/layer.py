"""Explain my layer: its formulas with the numbers in place, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod

from sympy import Integer, Symbol

from convproof.derive import step
from convproof.derive.account import Account
from convproof.derive.layers import by_spec
from convproof.derive.symbols import C, N, c, g, m, n, primed
from convproof.derive.symbols import axes as symbolic_axes
from convproof.document.model import (
    Block,
    Display,
    Document,
    Heading,
    Listing,
    Mono,
    Picture,
    Script,
    Table,
    bullets,
    words,
)
from convproof.document.model import (
    Line as Words,
)
from convproof.explain.explanation import Explanation
from convproof.explain.geometry import Line, interval
from convproof.explain.interactive import playground
from convproof.explain.pictures import ties, windows
from convproof.spec import AvgPool, Conv, MaxPool, Spec, output_shape
from convproof.spec.axis import Axis, split_shape

NAMES = {1: ("W",), 2: ("H", "W"), 3: ("T", "H", "W")}
SHOWN_TERMS = 6


def explain_layer(spec: Spec, input_shape: Sequence[int]) -> Explanation:
    """What the layer `spec` does with an input of this shape, channels last."""
    layer = _Layer(spec, tuple(input_shape))
    return Explanation(Document(layer.title, tuple(layer.blocks())))


class _Layer:
    def __init__(self, spec: Spec, shape: tuple[int, ...]) -> None:
        self.spec, self.shape = spec, shape
        self.out = output_shape(spec, shape)
        _, self.space, channels = split_shape(shape, spec.rank)
        self.channels = 1 if channels is None else channels
        self.maps = 1 if channels is None else self.out[-1]
        pairs = zip(spec.axes(self.space), self.space, strict=True)
        self.lines = [Line(axis, size) for axis, size in pairs]
        self.names = NAMES[spec.rank]

    @property
    def title(self) -> str:
        kind = {Conv: "Convolution", MaxPool: "Max-pooling", AvgPool: "Average-pooling"}
        word = "kernel" if isinstance(self.spec, Conv) else "window"
        taps = "x".join(str(line.axis.kernel) for line in self.lines)
        image = "x".join(map(str, self.shape))
        return f"{kind[type(self.spec)]} of {image} with a {taps} {word}"

    def blocks(self) -> Iterator[Block]:
        yield words(repr(self.spec))
        yield from self._sizes()
        yield from self._formulas()
        yield from self._sees()
        if isinstance(self.spec, Conv):
            yield from self._one_weight(self.spec)
            yield from self._matrix(self.spec)
        yield from self._counts()
        yield from self._runs()
        yield from self._shifts()
        yield from self._source()

    def _sizes(self) -> Iterator[Block]:
        yield Heading(2, "The output size", "size")
        for name, line in zip(self.names, self.lines, strict=True):
            a = line.axis
            top = f"{line.size} + {a.pad_lo} + {a.pad_hi} - {a.dilation} ({a.kernel} - 1) - 1"
            plain = f"O_{name} = ⌊({top})/{a.stride}⌋ + 1 = {line.outputs}"
            if a.ceil_mode:
                yield words(f"Along {name}, in ceil mode, {line.outputs} outputs.")
                continue
            yield Display(
                rf"O_{{{name}}} = \left\lfloor\frac{{{top}}}{{{a.stride}}}\right\rfloor + 1"
                f" = {line.outputs}",
                plain,
                "10.7",
            )
            if line.leftover:
                many = "pixel is" if line.leftover == 1 else f"{line.leftover} pixels are"
                yield words(f"The last {many} seen by no window along {name}, padding counted.")
        yield words(
            f"From {'x'.join(map(str, self.shape))} to {'x'.join(map(str, self.out))}: size by "
            "size, then channels."
        )
        yield Picture(windows(self.lines[-1], self.names[-1]), windows_alt(self.lines[-1]), "w.svg")

    def _formulas(self) -> Iterator[Block]:
        yield Heading(2, "The formulas, with these numbers", "formulas")
        account = Account(self._derivation(), self._hidden())
        yield words(account.letters)
        for part in account.parts:
            if not part.name.startswith(("output size", "divisor")):
                yield words(f"{part.title}:")
                found = part.result
                yield Display(found.latex, found.plain, part.equation, found.beside)

    def _hidden(self) -> frozenset[Symbol]:
        """Letters that have one value only: of the image, the group, a single channel."""
        groups = self.spec.groups if isinstance(self.spec, Conv) else 1
        letters = [n] + [g] * (groups == 1) + [c] * (self.channels == groups)
        letters += [m] * (isinstance(self.spec, Conv) and self.maps == groups)
        return frozenset([*letters, *map(primed, letters)])

    def _derivation(self) -> step.Derivation:
        """The layer's derivation with the image's sizes put in too."""
        found = by_spec(self.spec)
        groups = self.spec.groups if isinstance(self.spec, Conv) else 1
        values = {N: 1, C: self.channels // groups}
        axes = symbolic_axes(self.spec.rank)
        values |= {axis.size: size for axis, size in zip(axes, self.space, strict=True)}
        values |= {axis.out: line.outputs for axis, line in zip(axes, self.lines, strict=True)}
        return found.bound({symbol: Integer(value) for symbol, value in values.items()})

    def _sees(self) -> Iterator[Block]:
        yield Heading(2, "Which pixels each output sees", "sees")
        rows: list[list[Words]] = []
        for name, line in zip(self.names, self.lines, strict=True):
            for output in sorted(
                {0, line.outputs // 2, line.outputs - 1} & set(range(line.outputs))
            ):
                seen = [pixel for pixel in line.window(output) if line.on_image(pixel)]
                lost = line.axis.kernel - len(seen)
                rows.append(
                    [
                        (name,),
                        (str(output + 1),),
                        (interval(seen),),
                        (str(lost),),
                    ]
                )
        yield Table(("axis", "output", "pixels", "taps on padding"), rows)
        lines = [(line.axis, line.size) for line in self.lines]
        yield Script(playground(lines, isinstance(self.spec, Conv)), ())

    def _one_weight(self, spec: Conv) -> Iterator[Block]:
        yield Heading(2, "The gradient of one weight", "weight")
        middle = [line.axis.kernel // 2 for line in self.lines]
        pairs = [line.copies(tap) for line, tap in zip(self.lines, middle, strict=True)]
        count = prod(map(len, pairs))
        name = ", ".join(str(tap + 1) for tap in middle)
        terms = []
        for places in islice(product(*pairs), SHOWN_TERMS):
            pixel = ", ".join(str(one + 1) for _, one in places)
            output = ", ".join(str(one + 1) for one, _ in places)
            terms.append((pixel, output))
        more = " + ..." if count > SHOWN_TERMS else ""
        latex = (
            "0"
            if not terms
            else " + ".join(rf"X_{{{p}, 1}}\,\mathrm{{d}}Z_{{{o}, 1}}" for p, o in terms)
        )
        plain = "0" if not terms else " + ".join(f"X[{p}, 1] dZ[{o}, 1]" for p, o in terms)
        yield words(
            f"The weight K[{name}, 1, 1] has a copy at each output; {count} of "
            f"{prod(self.outputs)} copies meet a pixel, and its gradient is the sum of theirs, "
            "over the images too:"
        )
        dots = r" + \dots" if more else ""
        yield Display(
            rf"\mathrm{{d}}K_{{{name}, 1, 1}} = {latex}{dots}", f"dK[{name}, 1, 1] = {plain}{more}"
        )
        if spec.padding_mode != "zeros":
            yield words("Copies on the border meet the pixels that the padding shows, besides.")

    @property
    def outputs(self) -> list[int]:
        """Outputs along each axis."""
        return [line.outputs for line in self.lines]

    def _matrix(self, spec: Conv) -> Iterator[Block]:
        yield Heading(2, "The fully connected layer that it is", "matrix")
        pairs = self._pairs(spec)
        rows, columns = prod(self.outputs) * self.maps, prod(self.space) * self.channels
        weights = self._weights(spec)
        yield words(
            f"Its matrix has {rows:,} rows and {columns:,} columns, {pairs:,} entries that are "
            f"not zero by position ({pairs / max(1, rows * columns):.3%}), and {weights:,} weights "
            "among them, each tied to its copies."
        )
        if spec.padding_mode == "zeros":
            last = self.lines[-1]
            yield Picture(ties(last), ties_alt(last), "ties.svg")

    def _axes(self) -> list[Axis]:
        return [line.axis for line in self.lines]

    def _pairs(self, spec: Conv) -> int:
        """Entries of the matrix: an output and a tap on the image, for each pair of channels."""
        return (
            prod(line.products() for line in self.lines)
            * (self.channels // spec.groups)
            * self.maps
        )

    def _weights(self, spec: Conv) -> int:
        taps = prod(line.axis.kernel for line in self.lines)
        return taps * (self.channels // spec.groups) * self.maps

    def _counts(self) -> Iterator[Block]:
        yield Heading(2, "What it costs", "cost")
        outputs = prod(self.outputs) * self.maps
        if not isinstance(self.spec, Conv):
            taps = prod(line.axis.kernel for line in self.lines)
            yield bullets(["no parameters", f"{outputs * taps:,} entries looked at for an image"])
            return
        weights, biases = self._weights(self.spec), self.maps if self.spec.bias else 0
        taps = prod(line.axis.kernel for line in self.lines) * (self.channels // self.spec.groups)
        dense = outputs * prod(self.space) * self.channels
        yield bullets(
            [
                f"{weights + biases:,} parameters: {weights:,} weights and {biases:,} biases",
                f"{outputs * taps:,} multiplications for an image, {self._pairs(self.spec):,} of "
                "them by pixels and not by padding",
                f"a fully connected layer in its place: {dense:,} weights and as many "
                f"multiplications, {dense / max(1, weights):,.0f} times the weights",
            ]
        )

    def _runs(self) -> Iterator[Block]:
        """What a call of the public functions does; times are the machine's, and left out."""
        from convproof.functions.planning import plan

        found = plan(self.spec, self.shape)
        yield Heading(2, "Which schedule computes it, and how exactly", "schedule")
        rows: list[list[Words]] = [
            [
                (part.goal,),
                (Mono(part.schedule),),
                (f"{part.flops:,}",),
                (f"{part.bytes:,}",),
                (f"{part.workspace:,}",),
            ]
            for part in found.parts
        ]
        yield Table(("pass", "schedule", "operations", "bytes moved", "workspace, bytes"), rows)
        yield words(
            f"In {found.dtype} each output is off by {found.error_bound}. ",
            Mono('schedule="exact"'),
            " sums directly.",
        )

    def _shifts(self) -> Iterator[Block]:
        plain = all(axis.pad_lo == axis.pad_hi == 0 and not axis.ceil_mode for axis in self._axes())
        padded = isinstance(self.spec, Conv) and self.spec.padding_mode == "zeros"
        if not (plain or padded):
            return  # each padding has a region of its own: see the ledger
        yield Heading(2, "Where it is equivariant to a shift", "shift")
        rows: list[list[Words]] = []
        for name, line in zip(self.names, self.lines, strict=True):
            for shift in (1, -1):
                moved = shift * line.axis.stride
                rows.append(
                    [
                        (name,),
                        (f"{moved:+d}",),
                        (f"{shift:+d}",),
                        (interval(line.equivariant(shift)),),
                        (str(line.outputs),),
                    ]
                )
        yield words(
            "Move the image along an axis, zeros coming in: these outputs move along, for every "
            f"image{' and kernel' if isinstance(self.spec, Conv) else ''}; at the others the "
            "window reaches a pixel that has left the image, or one that came in."
        )
        yield Table(("axis", "image moves", "output moves", "outputs that follow", "of"), rows)

    def _source(self) -> Iterator[Block]:
        from convproof.emit.standalone import layer_source

        yield Heading(2, "The generated source", "source")
        yield words(
            Mono("convproof generate"), " certifies these lines before it writes them; here they "
            "are shown as generated.",
        )  # fmt: skip
        yield Listing(layer_source(self.spec), "python")


def windows_alt(line: Line) -> str:
    """What the picture of the windows shows, in words."""
    return (
        f"Windows of {line.axis.kernel} taps, {line.axis.dilation} apart, on {line.size} pixels "
        f"with {line.axis.pad_lo} before and {line.axis.pad_hi} after: {line.outputs} outputs, "
        f"{line.axis.stride} apart."
    )


def ties_alt(line: Line) -> str:
    """What the picture of the matrix shows, in words."""
    return (
        f"The matrix of one channel along one axis: {line.outputs} rows of outputs, {line.size} "
        "columns of pixels; entries of one colour are copies of one weight."
    )
