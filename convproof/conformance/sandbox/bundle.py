"""A module and all it imports of convproof, to be run where convproof is not, under another name.

The code is what this process would run itself, with the names of the imports changed; the other
process is handed it whole, in the order in which it is to be executed.
"""

from __future__ import annotations

import dis
import functools
import importlib.util
import marshal
from types import CodeType

NAME = "held"  # what convproof is called over there
_OURS = __name__.partition(".")[0]

# Run by `python -c`: reads a descriptor to its end, executes what it finds, and calls `main`.
START = """
import marshal, sys, types
descriptor, numbers = int(sys.argv[1]), [int(text) for text in sys.argv[2:]]
with open(descriptor, "rb") as file:
    modules = marshal.load(file)
for name, where, code in modules:
    parts = name.split(".")
    for end in range(1, len(parts)):
        above = ".".join(parts[:end])
        if above not in sys.modules:
            sys.modules[above] = types.ModuleType(above)
            sys.modules[above].__path__ = []
    module = sys.modules[name] = types.ModuleType(name)
    module.__file__ = where
    setattr(sys.modules[".".join(parts[:-1])], parts[-1], module)
    if code is not None:
        exec(code, vars(module))
main = module.main
for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
    del sys.modules[name]  # what a target finds of it by name it would alter
sys.argv[1:] = []
del modules, module, code
main(*numbers)
""".replace("NAME", repr(NAME))


@functools.cache
def bundle(name: str) -> bytes:
    """The modules that `name` needs, itself last, for `START` to execute."""
    order: dict[str, tuple[str, CodeType]] = {}
    _visit(name, order)
    return marshal.dumps(
        [(_renamed(one), where, _code(code)) for one, (where, code) in order.items()]
    )


def modules_of(name: str) -> list[str]:
    """The modules of a bundle, by the names they have here.

    >>> [one for one in modules_of("convproof.conformance.sandbox.alone") if "oracle" in one]
    []
    """
    order: dict[str, tuple[str, CodeType]] = {}
    _visit(name, order)
    return list(order)


def _visit(name: str, order: dict[str, tuple[str, CodeType]]) -> None:
    if name in order:
        return
    spec = importlib.util.find_spec(name)
    loader = None if spec is None else spec.loader
    if spec is None or loader is None or not hasattr(loader, "get_code"):
        raise ImportError(f"{name} has no code to hand over")
    code = loader.get_code(name)
    for other in _imported(code):
        _visit(other, order)
    order[name] = spec.origin or "", code


def _imported(code: CodeType) -> list[str]:
    """The modules of ours that a module's code imports when it is executed, in order."""
    found, package = [], ""
    for step in dis.get_instructions(code):
        if step.opname == "IMPORT_NAME":
            ours = step.argval.startswith(f"{_OURS}.")
            spec = importlib.util.find_spec(step.argval) if ours else None
            whole = spec is not None and spec.submodule_search_locations is not None
            package = step.argval if whole else ""
            if spec is not None and not whole:
                found.append(step.argval)
        elif step.opname == "IMPORT_FROM" and package:
            found.append(f"{package}.{step.argval}")
    return found


def _renamed(name: str) -> str:
    own = name == _OURS or name.startswith(f"{_OURS}.")
    return NAME + name.removeprefix(_OURS) if own else name


def _code(code: CodeType) -> CodeType:
    """The code with convproof's name changed in its imports."""
    return code.replace(
        co_names=tuple(map(_renamed, code.co_names)),
        co_consts=tuple(
            _code(item) if isinstance(item, CodeType) else item for item in code.co_consts
        ),
    )
