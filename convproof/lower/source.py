"""Programs as NumPy source text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy import Basic, Expr, Mul, Symbol, ilcm

from convproof.lower import integers
from convproof.lower.assemble import NAMES
from convproof.lower.layout import WIDTH, docstring, fitted
from convproof.lower.program import (
    Along,
    Apart,
    Band,
    Blocks,
    Call,
    Columns,
    Constant,
    Count,
    Counted,
    Crossed,
    Dot,
    Duels,
    Fold,
    Gather,
    Kept,
    Lay,
    Let,
    Loop,
    Mark,
    Matmul,
    Matrix,
    Missing,
    Mixed,
    Near,
    New,
    Pick,
    Product,
    Program,
    Reached,
    Restored,
    Rows,
    Scatter,
    Sent,
    Shaped,
    Sizes,
    Spans,
    Spectrum,
    Spread,
    Stack,
    Statement,
    Store,
    StoreMatrix,
    Taps,
    Tasks,
    Tiled,
    Total,
    Unpack,
    Untile,
    Value,
    View,
    Weigh,
    Weighed,
    Windows,
)  # fmt: skip

KINDS = {"takes": "list[Takes]"}  # what is handed from program to program, and no array
TUPLES = ("stride", "dilation", "pad_lo", "pad_hi", "space", "out_space", "taps")


def functions(programs: Sequence[Program]) -> list[str]:
    """The programs as Python functions, after those that count their divisors."""
    steps = [step for program in programs for step in program.body if isinstance(step, Count)]
    numbers = dict.fromkeys(_count_function(step) for step in steps)
    return [*numbers, *(_function(program) for program in programs)]


def _function(program: Program) -> str:
    params = [f"{name}: {_annotation(name)}" for name in program.params]
    back = _annotation(program.result) if program.result in KINDS else "Array"
    head = f"def {program.name}({', '.join(params)}) -> {back}:"
    if len(head) > WIDTH:
        head = f"def {program.name}(\n    " + ",\n    ".join(params) + f",\n) -> {back}:"
    lines = [head, *(f"    {line}".rstrip() for line in docstring(program.doc))]
    lines += _lines(program.body, 1)
    lines.append(f"    return {program.result}")
    return "\n".join(lines) + "\n"


def _count_params(count: Count) -> list[str]:
    sizes = (count.expr.free_symbols | count.size.free_symbols) - {_count_index(count)}
    return sorted(map(str, sizes))


def _count_index(count: Count) -> Basic:
    return next(s for s in count.expr.free_symbols if str(s) == count.index)


def _count_function(count: Count) -> str:
    """The numbers of one axis as a function of its sizes, which keeps what it found."""
    names = _count_params(count)
    inner = integers.array_text(count.expr.xreplace({_count_index(count): Symbol(count.index)}))
    return f'''\
@lru_cache(maxsize=64)
def {count.function}(dtype: Any, {", ".join(f"{name}: int" for name in names)}) -> Array:
    """The number of pixels in each window of an axis."""
    {count.index} = positions({_int(count.size)}, {", ".join(names)})
    return counts({inner}, dtype)
'''


def _annotation(name: str) -> str:
    if name in TUPLES:
        return "tuple[int, ...]"
    if name in KINDS:
        return KINDS[name]
    return "Array" if name in NAMES.values() else "int"


def _lines(body: Sequence[Statement], depth: int) -> list[str]:
    lines: list[str] = []
    for statement in body:
        for line in _statement(statement):
            lines += fitted("    " * depth + line).split("\n") if line else [""]
    return lines


def _statement(step: Statement) -> list[str]:
    match step:
        case Unpack(names, source, shape):
            left = ", ".join(names) + ("," if len(names) == 1 else "")
            return [f"{left} = {source}{'.shape' if shape else ''}"]
        case Let(name, Reached(block, stride, span, offset, coarse, fine)):
            sizes = ", ".join(map(_int, (stride, span, offset, coarse, fine)))
            return [
                f"{name}, {name}_kept = reached({block}, {sizes})",
                f"{name}_start = {name}.start",
                f"{name}_size = {name}.stop - {name}_start",
            ]
        case Let(name, value):
            return [f"{name} = {_value(value)}"]
        case Fold(target, op, source, axes, shape):
            ufunc = {"add": "np.add", "max": "np.maximum"}[op]
            return [f"{ufunc}.reduce({source}, axis={axes}, out={target}.reshape{_tuple(shape)})"]
        case Rows(target, source, inner):
            # A product with ones: the same sums as `sum`, at the speed of a matrix product.
            ones = f"np.ones({_int(inner)}, dtype={source}.dtype)"
            rows = f"{source}.reshape(-1, {_int(inner)})"
            return [f"np.matmul({rows}, {ones}, out={target}.reshape(-1))"]
        case New():
            return _new(step)
        case Count():
            sizes = ", ".join(_count_params(step))
            return [f"{step.name} = {step.function}({step.like}.dtype, {sizes})"]
        case Spans():
            names = ("taps", "gap", "offset", "stride", "coarse_size", "fine_size")
            sizes = ", ".join(_int(getattr(step, one)) for one in names)
            return [f"{step.name} = spans({sizes})"]
        case Taps(spans, tap, coarse, fine, body, backwards):
            inside = _lines(body, 1)
            number = tap if re.search(rf"\b{tap}\b", "\n".join(inside)) else "_"
            order = f"reversed({spans})" if backwards else spans
            return [f"for {number}, {coarse}, {fine} in {order}:", *inside]
        case Kept(name, source, matrix, body):
            inside = [*_lines(body, 1), f"    return {name}", ""]
            head = f"def evaluated({name}: Array) -> Array:"
            return ["", head, *inside, f"{name} = kept(evaluated, {source}, {matrix})"]
        case Loop(var, size, body):
            return [f"for {var} in range({_int(size)}):", *_lines(body, 1)]
        case Blocks(name, size, width, body):
            start, most = f"{name}_start", f"{name}_most"
            return [
                f"{most} = {_int(width)}",
                f"for {start} in range(0, {_int(size)}, {most}):",
                f"    {name} = slice({start}, min({start} + {most}, {_int(size)}))",
                f"    {name}_size = {name}.stop - {start}",
                *_lines(body, 1),
            ]
        case Tasks():
            return _tasks(step)
        case Untile(target, source, places, _, shape):
            return [f"untile({_view(target)}, {source}.reshape{_tuple(shape)}, {places})"]
        case Lay(target, source, width):
            return [f"lay({_view(target)}, {source}, {_int(width)})"]
        case Gather(target, op, source, axis, spans):
            ufunc = {"add": "np.add", "max": "np.maximum"}[op]
            return [f"gather({ufunc}, {_view(target)}, {_view(source)}, {axis}, {spans})"]
        case Weigh(target, seen, weights, _):
            return [f"weigh({_view(target)}, {seen}, {weights})"]
        case Store(target, op, value):
            if op == "+=" and isinstance(value, View) and not value.items:
                return [f"add_columns({_view(target)}, {_view(value)})"]
            if op == "+=" and isinstance(value, Product) and len(value.factors) == 1:
                return [f"add({_view(target)}, {_value(value)})"]
            if op == "/=" and not target.items:
                return [f"{target.array} /= {_value(value)}"]
            if op == "=" or not target.items:
                place = _view(target) if target.items else f"{target.array}[...]"
                return [f"{place} {op} {_value(value)}"]
            # Put into place once: `a[i] += b` would take a[i] out, and put it back.
            part = f"part = {_view(target)}"
            if op == "max=":
                return [part, f"np.maximum(part, {_value(value)}, out=part)"]
            return [part, f"part {op} {_value(value)}"]
        case StoreMatrix(target, op, value):
            sides = [f"left = {_matrix(value.left)}", f"right = {_matrix(value.right)}"]
            if op == "+=":
                return [*sides, f"{_matrix(target)}[...] += multiply(left, right)"]
            return [*sides, f"multiply(left, right, out={_matrix(target)})"]
        case Duels(name, source, coarse, spans, maxima):
            into = f", maxima={maxima}" if maxima else ""
            return [f"{name} = duels({_view(source)}, {_tuple(coarse)}, {', '.join(spans)}{into})"]
        case Scatter(target, flow, axis, spans, takes, number, kept):
            more = f", {takes}[{number}]" if takes else ""
            more += f", {'' if takes else 'None, '}{kept}" if kept else ""
            return [f"scatter({_view(target)}, {_view(flow)}, {axis}, {spans}{more})"]
        case Mark(winner, top, value, number, nans):
            views = f"{_view(winner)}, {_view(top)}, {_view(value)}"
            return [f"mark({views}, {_int(number)}, {nans})"]
        case Pick(target, winner, value, number, apart):
            where = f"{_view(winner)} == {_int(number)}"
            return [f"pick({_view(target)}, {where}, {_view(value)}, {apart})"]
    raise AssertionError(step)


def _tasks(step: Tasks) -> list[str]:
    """A function of a block's slices, and its calls."""
    names = [cut.name for cut in step.cuts]
    params = ", ".join(f"{name}: slice" for name in names)
    lines = ["", f"def task({params}) -> {'Array' if step.part else 'None'}:"]
    inside = _lines(step.body, 1)
    for name in names:
        for what, value in (("start", "start"), ("size", f"stop - {name}.start")):
            if any(re.search(rf"\b{name}_{what}\b", line) for line in inside):
                lines.append(f"    {name}_{what} = {name}.{value}")
    lines += inside
    lines += [f"    return {step.part}"] if step.part else []
    lines += ["", *(f"{cut.name}_most = {_int(cut.step)}" for cut in step.cuts)]
    pairs = [(_int(cut.size), f"{cut.name}_most") for cut in step.cuts]
    whole = f"task({', '.join(f'slice(0, {size})' for size, _ in pairs)})"
    cuts = ", ".join(f"({size}, {most})" for size, most in pairs)
    left = f"{step.total} = " if step.part else ""
    many = "total" if step.part else "share"
    if any(isinstance(one, Let) and isinstance(one.value, Along) for one in step.body):
        return [*lines, f"{left}{many}(task, {cuts})"]  # a task is told where its memory is
    return [
        *lines,
        f"if {' and '.join(f'{most} >= {size}' for size, most in pairs)}:",
        f"    {left}{whole}",
        "else:",
        f"    {left}{many}(task, {cuts})",
    ]


def _dtype(like: Sequence[str]) -> str:
    """The dtype of what is made of one array, or of two."""
    kinds = [f"{name}.dtype" for name in like]
    return kinds[0] if len(kinds) == 1 else f"np.promote_types({', '.join(kinds)})"


def _new(step: New) -> list[str]:
    shape = _tuple(step.shape)
    if step.fill == "none":
        assert step.most is not None
        kind = f"np.min_scalar_type(-2*{_int(step.most)})"  # differences of numbers too
        return [f"{step.name} = np.full({shape}, -1, dtype={kind})"]
    kind = _dtype(step.like)
    if step.fill == "lowest":
        # np.full is slower than the two together
        new = f"{step.name} = np.empty({shape}, dtype={kind})"
        return [new, f"{step.name}.fill(lowest({kind}))"]
    if step.order:
        inside = _tuple([step.shape[axis] for axis in step.order])
        back = ", ".join(str(step.order.index(axis)) for axis in range(len(step.order)))
        return [f"{step.name} = np.{step.fill}({inside}, dtype={kind}).transpose({back})"]
    return [f"{step.name} = np.{step.fill}({shape}, dtype={kind})"]


def _int(size: Expr | str) -> str:
    return size if isinstance(size, str) else integers.text(size)


def _tuple(sizes: Sequence[Expr | str]) -> str:
    return f"({', '.join(_int(size) for size in sizes)}{',' * (len(sizes) == 1)})"


def _view(view: View) -> str:
    plain = {":": ":", "-": "::-1", "+": "None"}
    items = list(view.items)
    while len(items) > 1 and items[-1] == ":":
        items.pop()  # what is not named is taken whole
    inside = ", ".join(plain[i] if isinstance(i, str) else i[1] for i in items)
    text = f"{view.array}[{inside}]" if inside else view.array
    return text if view.order is None else f"{text}.transpose({', '.join(map(str, view.order))})"


def _matrix(matrix: Matrix) -> str:
    shape = f".reshape({', '.join(_int(size) for size in matrix.shape)})" if matrix.shape else ""
    order = "1, 2, 0" if matrix.flip else "1, 0, 2"
    return f"{_view(matrix.view)}{shape}.transpose({order})"


def _value(value: Value) -> str:
    match value:
        case View():
            return _view(value)
        case Total(inner, axes):
            return f"({_value(inner)}).sum(axis={axes})"
        case Windows(image):
            names = ("taps", "gap", "offset", "stride", "coarse")
            sizes = ", ".join(_tuple(getattr(value, name)) for name in names)
            if value.fill == "lowest":
                array = image.view.array if isinstance(image, Shaped) else image.array
                sizes += f", lowest({array}.dtype)"
            order = f".transpose({', '.join(map(str, value.order))})" if value.order else ""
            # Images at the end lie side by side in what this is meant for: they are read in place.
            function = "windows_turned" if value.order[-1:] == (0,) else "windows"
            return f"{function}({_value(image)}, {sizes}){order}"
        case Spread(array, coarse, stride):
            return f"spread({array}, {_tuple(coarse)}, {_tuple(stride)})"
        case Columns(array, rows, columns):
            sizes = f"{_int(rows)}, {_int(Mul(*columns))}"
            return f"columns({array}, {sizes}).reshape({', '.join(map(_int, columns))})"
        case Shaped(view, shape):
            return f"{_view(view)}.reshape{_tuple(shape)}"
        case Missing(array):
            return f"missing({array})"
        case Sent(seen, flow):
            geometry = value.fine, value.taps, value.gap, value.offset, value.stride, value.coarse
            way = "hit" if value.apart else "send"
            return f"{way}({seen}, {flow}, {', '.join(map(_tuple, geometry))})"
        case Tiled(array, width):
            return f"tiled({array}, {_int(width)})"
        case Weighed(seen, flow, _):
            return f"weighed({seen}, {_view(flow)})"
        case Apart(strides, spans):
            pairs = [f"{_int(s)} >= {_int(e)}" for s, e in zip(strides, spans, strict=True)]
            return " and ".join(pairs)
        case Counted(count, block):
            return f"counted({count}, {block})"
        case Near(inner):
            return f"near({_value(inner)})"
        case Sizes(sizes):
            return _tuple(sizes)
        case Call(program, args):
            return f"{program.name}({', '.join(args)})"
        case Constant(rows, like):
            over = ilcm(1, *(one.q for row in rows for one in row))
            whole = ", ".join(_tuple([one * over for one in row]) for row in rows)
            return f"constant(({whole}), {over}, {_dtype(like)})"
        case Along(matrix, array, _, ahead, slot):
            return f"along({matrix}, {array}, {_int(ahead)}, {slot})"
        case Stack(left, left_shape, right, right_shape, flip):
            turned = ".transpose(0, 2, 1)" if flip else ""
            one = f"{left}.reshape{_tuple(left_shape)}{turned}"
            return f"stacked({one}, {right}.reshape{_tuple(right_shape)})"
        case Band(name, factor):
            ends = f"{_int(factor)}*{name}.start, {_int(factor)}*{name}.stop"
            return f"slice({ends})"
        case Spectrum(array, first, sizes, gap, turned):
            more = ", turned=True" if turned else ""
            return f"spectrum({array}, {first}, {_tuple(sizes)}, {_tuple(gap)}{more})"
        case Restored(array, first, sizes, left, gap, like):
            told = ", ".join(map(_tuple, (sizes, left, gap)))
            return f"restored({array}, {first}, {told}, {_dtype(like)})"
        case Mixed(left, right):
            return f"mixed({left}, {right})"
        case Crossed(left, right, rank):
            return f"crossed({left}, {right}, {rank})"
        case Matmul(left, right):
            return f"multiply({_matrix(left)}, {_matrix(right)})"
        case Dot(left, right, shape, flip):
            turned = ".transpose()" if flip else ""
            return f"multiplied({_value(left)}{turned}, {_value(right)}, {_tuple(shape)})"
        case Product(factors, divisors):
            text = " * ".join(_view(factor) for factor in factors)
            if divisors:
                text += f" / ({' * '.join(_view(d) for d in divisors)})"
            return text
    raise AssertionError(value)
