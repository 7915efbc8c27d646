"""The process of a target that is named by a text, with convproof in it.

Run by `process` as `python -m convproof.conformance.sandbox.worker`, or a fork runs `found`.
"""

from __future__ import annotations

import functools
import os
import sys
from typing import Any

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.footprint import Footprint
from convproof.conformance.sandbox.serve import bound_recursion, kept, serve
from convproof.conformance.sandbox.signs import Signs
from convproof.conformance.target.locate import split_spec
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target


def found(text: str, op: str, layout: str, message: dict[str, Any]) -> Target:
    """The target that a text names, as a "load" message wants it."""
    bound_recursion(2_000)  # the calls by which it is found out are small, and there are many
    target = resolve(text, op=op or None, layout=layout or None, probing=message["probing"])
    if message["device"]:
        target.on(message["device"])
    return target


def main(argv: list[str]) -> None:
    """`worker.py REQUESTS ANSWERS SIGNS MEMORY TEXT OP LAYOUT` (op and layout may be empty)."""
    requests, answers, shared, memory = (int(item) for item in argv[:4])
    text, op, layout = argv[4:7]
    kept((requests, answers))
    seen = Footprint()
    wire.send(answers, {"ok": True, "about": {}})

    def content() -> dict[str, object]:
        files, base = seen.content(split_spec(text)[0])
        return {"content": files, "base": base}

    make = functools.partial(found, text, op, layout)
    serve(make, requests, answers, memory, Signs(shared), content)


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # a target's threads and exit hooks are not waited for
