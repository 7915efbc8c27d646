"""Writing text files whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from convproof.errors import SpecError


def check_writable(option: str, path: Path) -> Path:
    """`path` itself if a file can be written there; asked before the work, not after it.

    Raises:
        SpecError: if it is a directory, its directory does not exist, or it may not be written.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise SpecError.of(option, str(path), "a file in a directory that exists")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise SpecError.of(option, str(path), "a file that may be written")
    return path


def write(path: Path, text: str) -> None:
    """Write the whole text, or leave what was there: a file beside it, renamed at the end."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_tree(directory: Path, pages: Mapping[str, str]) -> None:
    """Write each page under `directory`, making folders; pages are keyed by relative path.

    Raises:
        SpecError: if `directory`, or a folder that it needs, is a file.
    """
    for name in pages:
        folder = (directory / name).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise SpecError.of(
                "--output", str(directory), "a directory, or a path where one can be made"
            ) from None
    for name, text in pages.items():
        write(directory / name, text)
