"""The process of a target that is named by a text.

Run by `isolated` as `python -m convproof.conformance.sandbox.worker`; nothing imports it.
"""

from __future__ import annotations

import os
import sys

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.footprint import Footprint
from convproof.conformance.sandbox.serve import kept, serve
from convproof.conformance.sandbox.signs import Signs
from convproof.conformance.target.loading import split_spec
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target


def main(argv: list[str]) -> None:
    """`worker.py REQUESTS ANSWERS SIGNS MEMORY TEXT OP LAYOUT` (op and layout may be empty)."""
    requests, answers, shared, memory = (int(item) for item in argv[:4])
    text, op, layout = argv[4:7]
    kept((requests, answers))
    seen = Footprint()

    def make() -> Target:
        return resolve(text, op=op or None, layout=layout or None)

    wire.send(answers, {"ok": True, "about": {}})

    def content() -> dict[str, object]:
        found, base = seen.content(split_spec(text)[0])
        return {"content": found, "base": base}

    serve(make, requests, answers, memory, Signs(shared), content)


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # a target's threads and exit hooks are not waited for
