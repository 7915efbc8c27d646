"""The process of a target that is named by a text.

Run by `isolated` as `python -m convproof.conformance.sandbox.worker`; nothing imports it.
"""

from __future__ import annotations

import os
import sys

from convproof.conformance.sandbox import protocol as wire
from convproof.conformance.sandbox.serve import attach_to_parent, serve
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target


def main(argv: list[str]) -> None:
    """`worker.py REQUESTS ANSWERS MEMORY TEXT OP LAYOUT` (op and layout may be empty)."""
    attach_to_parent()
    requests, answers, memory = (int(item) for item in argv[:3])
    text, op, layout = argv[3:6]

    def make() -> Target:
        return resolve(text, op=op or None, layout=layout or None)

    wire.send(answers, {"ok": True, "about": {}})
    serve(make, requests, answers, memory)


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # a target's threads and exit hooks are not waited for
