"""Finished cells in an SQLite file: each kept at once, each with a checksum."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

from convproof.errors import SpecError

Place: TypeAlias = tuple[str, int, int, int]

_TABLES = (
    "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS cells (learner TEXT, d INTEGER, n INTEGER, seed INTEGER, "
    "result TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (learner, d, n, seed))",
)


class Store:
    """One study's finished cells; an open store belongs to one process.

    Args:
        path: the file; made if it is not there.
        settings: what the results depend on, versions and seeds included.
        resume: go on with a file that is there; otherwise such a file is refused.

    Raises:
        SpecError: if the file is there and `resume` is not asked, is no store, was made with other
            settings, is in use, or cannot be written.
    """

    def __init__(self, path: Path, settings: dict[str, Any], *, resume: bool) -> None:
        self.path, self.damaged = path, 0
        if path.exists() and not resume:
            mend = "--resume goes on with it; else remove it or name another with --store"
            raise SpecError.of("--store", str(path), "a file that is not there yet", mend)
        if not path.parent.is_dir():
            raise SpecError.of("--store", str(path), "a file in a directory that exists")
        if path.exists() and not path.is_file():
            raise SpecError.of("--store", str(path), "a file, not a directory, a device or a pipe")
        try:
            # Every commit is on the disk before `keep` returns: WAL would lose none to a kill
            # either, but leaves two more files beside this one.
            self.database = sqlite3.connect(path, isolation_level=None, timeout=2)
            self.database.execute("PRAGMA locking_mode=EXCLUSIVE")
            self.database.execute("PRAGMA synchronous=FULL")
            self.database.execute("BEGIN EXCLUSIVE")
            listed = self.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            there = {name for (name,) in listed}
            if there and not {"settings", "cells"} <= there:
                raise sqlite3.DatabaseError("it is another program's")
            for statement in _TABLES:
                self.database.execute(statement)
            self.database.execute("COMMIT")
            kept = dict(self.database.execute("SELECT name, value FROM settings"))
        except sqlite3.Error as error:
            if hasattr(self, "database"):
                self.database.close()
            mend = "is another study running on it?" if "locked" in str(error) else str(error)
            raise SpecError.of("--store", str(path), "a study's SQLite file", mend) from None
        self._match(kept, {name: json.dumps(value) for name, value in settings.items()})

    def _match(self, kept: dict[str, str], mine: dict[str, str]) -> None:
        for name, value in kept.items():
            if mine.get(name) != value:
                mend = f"it was made with {name} = {value}, now it is {mine.get(name)}"
                self.database.close()
                raise SpecError.of("--store", str(self.path), "one made with these settings", mend)
        try:
            for name, value in mine.items():
                self.database.execute("INSERT OR IGNORE INTO settings VALUES (?, ?)", (name, value))
        except sqlite3.Error as error:
            raise self._unfit(error) from None

    def load(self) -> dict[Place, dict[str, Any]]:
        """All cells whose checksum is right; others are counted in `damaged` and forgotten."""
        found: dict[Place, dict[str, Any]] = {}
        wanted = "SELECT learner, d, n, seed, result, checksum FROM cells"
        try:
            rows = self.database.execute(wanted).fetchall()
        except sqlite3.Error as error:
            raise self._unfit(error) from None
        for *place, text, checksum in rows:
            where: Place = tuple(place)
            if isinstance(text, str) and _checksum(where, text) == checksum:
                found[where] = json.loads(text)
            else:
                self.damaged += 1
        return found

    def _unfit(self, error: sqlite3.Error) -> SpecError:
        mend = f"{error}; what was finished before is kept in it"
        return SpecError.of("--store", str(self.path), "a study's SQLite file with room", mend)

    def keep(self, place: Place, result: dict[str, Any]) -> None:
        """Write one result, on the disk when this returns."""
        text = json.dumps(result, sort_keys=True)
        row = (*place, text, _checksum(place, text))
        try:
            self.database.execute("INSERT OR REPLACE INTO cells VALUES (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error as error:  # a full disk, or a page that is damaged
            raise self._unfit(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.database.close()


def _checksum(place: Place, text: str) -> str:
    return hashlib.sha256(json.dumps([*place, text]).encode()).hexdigest()[:16]
