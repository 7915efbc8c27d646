"""One part in a process of its own, which judges; the target has another one, with its limits.

Run as `python -m convproof.conformance.campaign.part DESCRIPTOR`: the part's shard comes by stdin,
what came of it goes out by the descriptor.  An answer is an object with "result", or with "error".
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from convproof.conformance.campaign.shard import Shard, judged_by
from convproof.conformance.sandbox.process import search_path
from convproof.conformance.sandbox.serve import attach_to_parent
from convproof.conformance.sandbox.tree import end_tree
from convproof.errors import ConvproofError, MissingExtra
from convproof.printable import internal

Answer = dict[str, Any]


class Part:
    """A part that is being judged; `answers` can be read when there is something to know.

    Args:
        shard: the part.
    """

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self._said = b""
        self.answers, writing = os.pipe()
        with tempfile.TemporaryFile() as request:
            request.write(json.dumps(shard.plain()).encode())
            request.seek(0)
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", __name__, str(writing)],
                    stdin=request,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(writing,),
                    start_new_session=True,
                    env={**os.environ, "PYTHONPATH": search_path()},
                )
            finally:
                os.close(writing)

    def read(self) -> bool:
        """Take what has come; whether that was all."""
        more = os.read(self.answers, 1 << 20)
        self._said += more
        return not more

    def answer(self) -> Answer:
        """What came of it, once all is read; a process that said nothing is told how it ended."""
        self._process.wait()
        with contextlib.suppress(ValueError):
            found = json.loads(self._said)
            if isinstance(found, dict):
                return found
        status = self._process.returncode
        how = f"by signal {-status}" if status < 0 else f"with exit code {status}"
        return {"error": f"the process that judged it ended {how}", "kind": "died"}

    def close(self) -> None:
        """End its process and all that it started."""
        if self._process.poll() is None:
            end_tree(self._process.pid, "", self._process)
        with contextlib.suppress(OSError):
            os.close(self.answers)


def judged(data: dict[str, Any]) -> Answer:
    """Judge the part whose `Shard.plain` this is, and wait for it; for other machines."""
    part = Part(Shard.of(data))
    try:
        while not part.read():
            pass
        return part.answer()
    finally:
        part.close()


def work(shard: Shard) -> Answer:
    """Judge a part, here: its result, and the files that the target has read by its end."""
    from convproof.conformance.run.engine import Run
    from convproof.conformance.sandbox.isolated import IsolatedTarget

    if shard.made != judged_by():
        return {"error": _difference(shard.made, judged_by()), "kind": "target"}
    with IsolatedTarget(shard.target, timeout=shard.timeout, layout=shard.layout) as target:
        mine = target.content()
        if mine != shard.content:
            return {"error": _difference(shard.content, mine), "kind": "target"}
        result = Run(
            target, ops=[shard.op], laws=shard.laws, examples=shard.examples, seed=shard.seed
        ).execute()
        files = {**mine["files"], **target.content()["files"]}
    return {"result": json.loads(result.to_json()), "files": files}


def _difference(here: Any, there: Any) -> str:
    """What two descriptions differ in, in words."""
    for name in {**here, **there}:
        one, two = here.get(name), there.get(name)
        if isinstance(one, dict) and isinstance(two, dict) and one != two:
            return _difference(one, two)
        if one != two:
            host = os.uname().nodename
            return f"{name} is not the same where the campaign began ({one}) and on {host} ({two})"
    return "no difference"


def main(descriptor: int) -> None:
    """Judge what stdin says."""
    attach_to_parent()
    began = time.monotonic()
    try:
        answer = work(Shard.of(json.load(sys.stdin)))
    except ConvproofError as error:
        kind = "missing" if isinstance(error, MissingExtra) else "target"
        answer = {"error": str(error), "kind": kind}
    except Exception as error:
        answer = {"error": internal(error), "kind": "internal"}
    answer["seconds"] = time.monotonic() - began
    data = memoryview(json.dumps(answer).encode())
    while data:
        data = data[os.write(descriptor, data) :]


if __name__ == "__main__":
    main(int(sys.argv[1]))
