"""Finished parts in a folder, a file each: whole or not there, with a checksum, and checked.

A file that is damaged, cut off, of something else or of a newer convproof is moved aside and told;
it is never taken for a result.  Campaigns that share a folder share the work: a part that one of
them is at is locked, by a lock that ends with its process.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import convproof
from convproof.conformance.campaign.shard import Shard, canonical
from convproof.conformance.report.codec import encode
from convproof.conformance.report.result import CheckResult
from convproof.conformance.sandbox.footprint import digest
from convproof.errors import SpecError
from convproof.files import write

FORMAT = 2
SUFFIX = ".part.json"
ASIDE = "set-aside"
_OLD = "shards.jsonl"  # what format 1 kept
_LARGEST = 256 << 20  # bytes of one record


class BadRecord(Exception):
    """A file that is no record of the part that it is named after; says why."""


@dataclass(frozen=True)
class Kept:
    """A finished part: its result, when it was made, and the files it rests on at its end."""

    result: CheckResult
    when: str
    files: Mapping[str, str]


class Records:
    """The finished parts in one folder; `told` is what there was to say of files in it.

    Raises:
        SpecError: if the folder cannot be made or takes no new files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.abspath(folder))  # a target may change the directory
        self.told: list[str] = []
        self._locks: dict[str, int] = {}
        self._taken_over: set[str] = set()
        self._new = [
            place for place in (self.folder, *self.folder.parents) if not os.path.lexists(place)
        ]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            trial = self.folder / f".{os.getpid()}.trial"
            trial.write_bytes(b"it takes files")
            trial.unlink()
        except OSError as error:
            raise self._unwritable(error) from None
        if (self.folder / _OLD).exists():
            self.told.append(f"{_OLD} was kept by an older convproof, and is not used")
        self._look_around()

    def _look_around(self) -> None:
        """Check every record that is there, whether or not it is going to be asked for."""
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            try:
                shard, _ = _read(path)
                if path.name != shard.key + SUFFIX:
                    raise BadRecord("it is the record of another part")
            except BadRecord as why:
                self._set_aside(path, str(why))
            except FileNotFoundError:
                continue  # another campaign has moved it aside

    def _set_aside(self, path: Path, why: str) -> None:
        where = "was not used"
        with contextlib.suppress(OSError):
            aside = self.folder / ASIDE
            aside.mkdir(exist_ok=True)
            names = (f"{path.name}.{n}" if n else path.name for n in range(1000))
            os.rename(path, aside / next(n for n in names if not os.path.lexists(aside / n)))
            where = f"was moved to {ASIDE}"
        self.told.append(f"{path.name} {where}: {why}")

    def find(self, shard: Shard, base: str) -> Kept | None:
        """The part, if it is finished and what it rests on, named from `base`, is as it was."""
        path = self.folder / (shard.key + SUFFIX)
        try:
            found, kept = _read(path)
            if found != shard:
                raise BadRecord("it is the record of another part")
        except FileNotFoundError:
            return None
        except BadRecord as why:
            self._set_aside(path, str(why))
            return None
        changed = [
            name for name, was in kept.files.items() if digest(os.path.join(base, name)) != was
        ]
        if changed:
            self.told.append(
                f"{shard.op}, seed {shard.seed}, is done anew: {changed[0]} has changed"
            )
            return None
        return kept

    def keep(self, shard: Shard, result: Mapping[str, Any], files: Mapping[str, str]) -> Kept:
        """Write a finished part down, whole, on the disk when this returns.

        Raises:
            SpecError: if that cannot be done.
        """
        when = datetime.now(UTC).isoformat(" ", "seconds").removesuffix("+00:00")
        body = {"shard": shard.plain(), "when": when, "files": dict(files), "result": dict(result)}
        head = {
            "format": FORMAT,
            "convproof": convproof.__version__,
            "sha256": _checksum(body),
        }
        text = json.dumps({**head, "body": body}, allow_nan=False) + "\n"
        try:
            write(self.folder / (shard.key + SUFFIX), text, durable=True)
        except OSError as error:
            raise self._unwritable(error) from None
        return Kept(CheckResult.from_dict(result), when, dict(files))

    def _unwritable(self, error: OSError) -> SpecError:
        there = 0
        with contextlib.suppress(OSError):
            there = sum(1 for _ in self.folder.glob(f"*{SUFFIX}"))
        kept = f"; {there} finished parts are kept there" if there else ""
        return SpecError.of(
            "--resume",
            str(self.folder),
            "a directory that takes new files",
            f"{error.strerror or error}{kept}",
        )

    # -- sharing ------------------------------------------------------------------------------

    def claim(self, shard: Shard) -> bool:
        """Whether this part is ours to do; no if another campaign is at it."""
        if shard.key in self._taken_over:
            return True
        path = self.folder / f".{shard.key}.lock"
        try:
            lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise self._unwritable(error) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.stat(path).st_ino != os.fstat(lock).st_ino:
                raise BlockingIOError  # it was another's, which has finished and removed it
        except FileNotFoundError:
            os.close(lock)
            return self.claim(shard)
        except BlockingIOError:
            os.close(lock)
            return False
        except OSError:
            pass  # a file system without locks: the work may be done twice, the result is one
        self._locks[shard.key] = lock
        return True

    def take_over(self, shard: Shard) -> None:
        """Count a part as ours, whoever is at it: done twice, it is the same."""
        self._taken_over.add(shard.key)

    def release(self, shard: Shard) -> None:
        """Let go of a part."""
        lock = self._locks.pop(shard.key, None)
        if lock is not None:
            with contextlib.suppress(OSError):
                os.unlink(self.folder / f".{shard.key}.lock")
            os.close(lock)

    def close(self) -> None:
        """Let go of all parts, and of a new folder in which nothing was kept."""
        for key in list(self._locks):
            with contextlib.suppress(OSError):
                os.unlink(self.folder / f".{key}.lock")
            os.close(self._locks.pop(key))
        with contextlib.suppress(OSError):  # there is something in it
            for place in self._new:
                place.rmdir()


def _checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def _read(path: Path) -> tuple[Shard, Kept]:
    """What a file holds.

    Raises:
        BadRecord: with why it is no record; FileNotFoundError if it is not there.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
                raise BadRecord("it is no file of a record's size")
            data = json.loads(file.read())
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BadRecord(f"it cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise BadRecord("it is damaged: no JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("format"), int):
        raise BadRecord("it is no record of a campaign")
    if data["format"] != FORMAT:
        which = "a newer" if data["format"] > FORMAT else "another"
        raise BadRecord(f"it is of {which} convproof, {str(data.get('convproof'))[:40]}")
    body = data.get("body")
    try:
        if not isinstance(body, dict) or _checksum(body) != data.get("sha256"):
            raise BadRecord("it is damaged: its checksum is wrong")
        shard, result = Shard.of(body["shard"]), CheckResult.from_dict(body["result"])
        kept = Kept(result, body["when"], body["files"])
        same = encode(result) == {name: body["result"][name] for name in encode(result)}
        good = same and isinstance(kept.when, str) and isinstance(kept.files, dict)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadRecord("it is no record of a campaign's part") from None
    if not good or (result.seed, shard.plain()) != (shard.seed, body["shard"]):
        raise BadRecord("its parts do not fit each other")
    return shard, kept
