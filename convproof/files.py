"""Files: written whole or not at all; and the digest of the package's own."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from convproof.errors import SpecError

READER = 10.0  # seconds for somebody to read the pipe that we are to write into
A_FOLDER = "a directory, or a path where one can be made"


def package_stamp() -> dict[str, tuple[int, int]]:
    """Every source of this package, with when it was written and its size: as it is at this moment.

    >>> min(size for _, size in package_stamp().values()) > 0
    True
    """
    home = Path(__file__).parent
    stats = {path: path.stat() for path in sorted(home.rglob("*.py"))}
    return {
        path.relative_to(home).as_posix(): (about.st_mtime_ns, about.st_size)
        for path, about in stats.items()
    }


@cache
def package_digest() -> str:
    """A digest of every file of this package: an edited copy of a version is another.

    >>> len(package_digest())
    32
    """
    home, whole = Path(__file__).parent, hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            whole.update(f"{path.relative_to(home).as_posix()}\0{len(content)}\0".encode())
            whole.update(content)
    return whole.hexdigest()[:32]


def check_writable(option: str, path: Path) -> Path:
    """`path` itself if a file can be written there; asked before the work, not after it.

    Raises:
        SpecError: if it is a directory, its directory does not exist, or it may not be written.
    """
    target = _target(path)
    if path.is_dir() or not target.parent.is_dir():
        raise SpecError.of(option, str(path), "a file in a directory that exists")
    if path.exists() and not os.access(path, os.W_OK):
        raise SpecError.of(option, str(path), "a file that may be written")
    if _is_whole(path, target):
        try:  # rights alone do not tell: some file systems take no new files from anybody
            with tempfile.TemporaryFile(dir=target.parent):
                pass
        except OSError as error:
            why = f"its directory takes no new file: {error.strerror}"
            raise SpecError.of(option, str(path), "a file that may be written", why) from None
    return path


def check_folder(option: str, path: Path) -> Path:
    """`path` itself if `write_tree` can write there; asked before the work, not after it.

    Raises:
        SpecError: if it, or a folder above it, is a file or takes no new files.
    """
    home = _target(path)
    if home.exists() and not home.is_dir():
        raise SpecError.of(option, str(path), A_FOLDER)
    above = next(place for place in home.parents if place.exists())
    try:
        os.rmdir(tempfile.mkdtemp(dir=above))
    except OSError as error:
        why = f"{above} takes no new folder: {error.strerror}"
        raise SpecError.of(option, str(path), A_FOLDER, why) from None
    return path


def write(path: Path, content: str | bytes, *, durable: bool = False) -> None:
    """Write the whole content, or leave what was there: a file beside it, renamed at the end.

    A `durable` one is on the disk when this returns, even if the power fails then.

    A link is followed to its file.  A device or a pipe is no file to put another in the place of:
    it is written to as it is.

    Raises:
        OSError: if that cannot be done; it names `path`.
    """
    target = _target(path)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    if not _is_whole(path, target):
        with open(_opened(path), "wb") as file:
            file.write(data)
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(part, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, part)
        os.replace(part, target)
    except OSError as error:
        if error.errno is None:
            raise
        # The file beside it is ours: whoever reads the message knows only the one asked for.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):  # never made, or renamed
            part.unlink()


def _opened(path: Path) -> int:
    """A descriptor of a device or a pipe; a pipe that nobody reads is waited for, but not for ever.

    Raises:
        OSError: if it cannot be written to.
    """
    end = time.monotonic() + READER
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            os.set_blocking(descriptor, True)
            return descriptor


def _target(path: Path) -> Path:
    """What `path` stands for, if it is a link or lies behind one."""
    return Path(os.path.realpath(path))


def _is_whole(path: Path, target: Path) -> bool:
    """Whether `path` is replaced as a whole: a file, or one that is not there yet."""
    # An open file that has lost its name, behind a link in /proc, exists, and its target does not.
    return target.is_file() if path.exists() else True


def write_tree(directory: Path, pages: Mapping[str, str | bytes]) -> None:
    """Write all pages under `directory`, or none: the folder is made anew and put in its place.

    Files of the old folder that no page replaces stay.  Pages are keyed by relative path.

    Raises:
        SpecError: if `directory`, or a folder that it needs, is a file.
    """
    home = _target(directory)
    aside = home.with_name(f".{home.name}.old")
    if aside.is_dir() and not home.exists():  # a run was killed between the two renames
        os.replace(aside, home)
    if home.exists() and not home.is_dir():
        raise SpecError.of("--output", str(directory), A_FOLDER)
    home.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{home.name}.", dir=home.parent))
    try:
        if home.exists():
            shutil.copytree(home, made, dirs_exist_ok=True, symlinks=True)
        else:
            made.chmod(0o755)  # mkdtemp's own is for its maker alone
        for name, content in pages.items():
            try:
                (made / name).parent.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError):
                raise SpecError.of("--output", str(directory), A_FOLDER) from None
            write(made / name, content)
        if home.exists():
            os.replace(home, aside)
        os.replace(made, home)
    except OSError as error:
        if error.errno is None:
            raise
        # The folder beside it is ours, and gone: whoever reads this knows only the one asked for.
        raise OSError(error.errno, error.strerror, str(directory)) from error
    finally:
        for rest in (made, aside):
            shutil.rmtree(rest, ignore_errors=True)
