"""The project's chores: `nox -l` lists them, `nox -s tests` is what has to be green."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import nox

nox.options.sessions = ["tests"]
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.error_on_external_run = True

# Two test processes share two cores: one BLAS thread each is faster and steadier than two.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def install(session: nox.Session, extras: str = "", *packages: str) -> None:
    """Install this tree, editable, with the versions that CI is pinned to."""
    project = f".[{extras}]" if extras else "."
    session.install("-q", "-c", "constraints.txt", "-e", project, *packages)


def lint_all(session: nox.Session) -> None:
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", "--no-logo")


@nox.session
def tests(session: nox.Session) -> None:
    """Everything that must be green: lint, types, tests, doctests; warnings are errors."""
    install(session, "all,torch,jax,optax")
    lint_all(session)
    session.run("mypy")
    workers = "0" if session.posargs else str(min(2, os.cpu_count() or 1))
    # Each worker begins with a half of its own, so that what a file derives is derived once.
    spread = ("-n", workers, "--dist", "worksteal")
    session.run("pytest", *spread, "--durations=25", *session.posargs, env=ONE_THREAD)


@nox.session
def quick(session: nox.Session) -> None:
    """In two minutes, as many tests as they hold, those first that took least when last run."""
    install(session, "all")
    session.run(
        "pytest", "-n", "2", "-q", "--quick", "90", "tests", *session.posargs, env=ONE_THREAD
    )


@nox.session
def properties(session: nox.Session) -> None:
    """The laws as a pytest suite; `-- --target NAME` holds another implementation to them."""
    install(session, "all,torch,jax,optax")
    session.run("pytest", "property_tests", *session.posargs, env=ONE_THREAD)


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff's check and format, and the import contracts."""
    install(session, "dev")
    lint_all(session)


@nox.session
def types(session: nox.Session) -> None:
    """Strict mypy on the package."""
    install(session, "dev")
    session.run("mypy", *session.posargs)


@nox.session
def prove(session: nox.Session) -> None:
    """The ledger of the chapter's claims, each with its verdict and grade."""
    install(session, "all")
    session.run("convproof", "prove", *session.posargs)


@nox.session
def report(session: nox.Session) -> None:
    """The rendered reports, into reports/."""
    install(session, "all")
    session.run("convproof", "report", *(session.posargs or ["-o", "reports"]))


@nox.session
def bench(session: nox.Session) -> None:
    """The speed table, each figure a ratio measured side by side."""
    install(session, "all,torch")
    session.run("convproof", "bench", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and sdist; the wheel is then installed and tried where nothing else is."""
    session.install("-q", "-c", "constraints.txt", "build", "virtualenv")
    shutil.rmtree("dist", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", "dist")
    (wheel,) = Path("dist").glob("*.whl")
    with tempfile.TemporaryDirectory() as folder:
        session.run("python", "-m", "venv", folder)
        python = str(Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python")
        session.run(python, "-m", "pip", "install", "-q", str(wheel.resolve()), external=True)
        session.chdir(folder)  # so that the installed package is found, not this tree
        session.run(python, "-m", "convproof", "--version", external=True)
        session.run(python, "-c", SMOKE, external=True)


SMOKE = """
import numpy as np, convproof as cp
y = cp.conv2d(np.ones((4, 4)), np.ones((3, 3)))
assert (y == 9).all() and y.shape == (2, 2), y
print("the wheel works with NumPy, SciPy and SymPy alone")
"""


@nox.session
def mutants(session: nox.Session) -> None:
    """Every Coq statement changed in one place: what the kernel accepts all the same is printed."""
    install(session, "all")
    session.run("python", "tests/prove/whole/mutation.py", *session.posargs)
