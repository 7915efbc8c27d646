"""The tests mirror the package: one finds a module's tests by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("convproof", "property_tests")
WHOLE = "whole"  # the folder of a room's tests that no single module answers for


def strays(root: Path) -> list[str]:
    """The files of tests whose name is no module's, package's or room's, and no whole's."""
    tests = root / "tests"
    return [
        str(path.relative_to(tests))
        for path in sorted(tests.rglob("test_*.py"))
        if path.parent.name != WHOLE and not has_namesake(root, path.relative_to(tests))
    ]


def has_namesake(root: Path, test: Path) -> bool:
    name = test.stem.removeprefix("test_")
    rooms = [root / package / test.parent for package in PACKAGES]
    return any(
        (room / f"{name}.py").is_file()
        or (room / name).is_dir()
        or (name == room.name and (room / "__init__.py").is_file())
        for room in rooms
    )


def test_a_file_of_tests_is_named_for_what_it_tests() -> None:
    assert not strays(ROOT)


def test_what_is_about_the_whole_says_so_in_its_first_line() -> None:
    files = list((ROOT / "tests").rglob(f"{WHOLE}/test_*.py"))
    assert files
    assert [path.name for path in files if not path.read_text().startswith('"""')] == []


@pytest.mark.parametrize(
    ("test", "stray"),
    [
        ("laws/test_case.py", False),
        ("laws/test_laws.py", False),  # the room's own
        ("laws/whole/test_anything.py", False),
        ("laws/test_moved.py", True),
        ("elsewhere/test_case.py", True),
        ("test_case.py", True),
        ("test_laws.py", False),
    ],
)
def test_a_stray_is_seen(tmp_path: Path, test: str, stray: bool) -> None:
    for made in ("convproof/laws/__init__.py", "convproof/laws/case.py", f"tests/{test}"):
        (tmp_path / made).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / made).touch()
    assert strays(tmp_path) == ([test] if stray else [])
