"""The verb ``init``: start checking a folder, with settings, a workflow and a hook.

Where this program came from, as pip has to be told to install it again on another machine.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from unbudget_check.cli.exits import CLEAN, WRONG_USE
from unbudget_check.cli.outputs import write_files
from unbudget_check.cli.screen import write_out
from unbudget_check.cli.starters import hook_rows, settings_text, workflow_text
from unbudget_check.errors import UserError
from unbudget_check.reporters.words import shown
from unbudget_check.settings import OWN_NAME, SECTION, SHARED_NAME
from unbudget_check.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unbudget_check.cli.starters import FoundDocuments


PACKAGE = "unbudget-check"
RELEASE = f"{PACKAGE}=={__version__}"

HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/unbudget-check.yml"
NAME = "unbudget-check"
HELP = f"""Write settings, a CI workflow and a hook for the documents of a folder.

\b
unbudget-check init                    this folder
unbudget-check init fascicles/
unbudget-check init fascicles/ --dry-run

\b
What is written:
  {OWN_NAME}
      all settings, explained and commented out
  {WORKFLOW}
      in a git repository: checks on GitHub
  {HOOKS}
      in a git repository: checks what a commit changes (pre-commit.com)

Existing files are never changed; the command prints what to add to them.

\b
Exit codes:
  0  at least one file was written (or would be)
  2  wrong use, or all files exist already
"""


def own_requirement() -> str:
    """The commit of the repository that it was installed from, else the version on an index."""
    from importlib.metadata import PackageNotFoundError, distribution  # slow to load

    try:
        said = distribution(PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        return RELEASE
    origin = json.loads(said) if said else {}
    source = origin.get("vcs_info")
    if not source:
        return RELEASE  # a folder or a file of this machine is nowhere else
    return f"{PACKAGE} @ {source['vcs']}+{origin['url']}@{source['commit_id']}"


class Beginning(TypedDict):
    """The options of ``init``."""

    folder: str
    install: str | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Starter:
    """One file to begin with; ``kept`` says why it is not written, empty where it is.

    ``addition`` is what somebody has to put into a file that is kept.
    """

    path: Path
    text: str
    kept: str = ""
    addition: str = ""


@click.command("init", help=HELP, short_help="Write settings, a CI workflow and a hook.")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path())
@click.option(
    "--install",
    metavar="REQUIREMENT",
    help="What pip installs in the workflow and the hook: a version, or git+https://...@REVISION.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.pass_context
def command(context: click.Context, **choices: Unpack[Beginning]) -> None:
    """Write what a folder needs to be checked from now on."""
    folder = Path(choices["folder"])
    if not folder.is_dir():
        message = f"{shown(str(folder))}: there is no such folder"
        raise UserError(message)
    from unbudget_check.cli.starters import find_documents

    found = find_documents(folder)
    root = _repository_of(folder)
    requirement = choices["install"] or own_requirement()
    starters = tuple(_starters(folder, root, found, requirement))
    written = [each for each in starters if not each.kept]
    if not choices["dry_run"]:
        _write(written)
    told = [f"found in {shown(str(folder))}: {found.told}\n"]
    told += _told(starters, is_dry=choices["dry_run"])
    told += _advice(folder, root, [each.path for each in written], requirement)
    write_out("".join(told))
    context.exit(CLEAN if written else WRONG_USE)


def _repository_of(folder: Path) -> Path | None:
    """The root of the git repository around a folder."""
    inside = folder.resolve()
    return next((each for each in (inside, *inside.parents) if (each / ".git").exists()), None)


def _starters(
    folder: Path, root: Path | None, found: FoundDocuments, requirement: str
) -> Iterator[Starter]:
    """The settings, and in a repository the workflow and the hook."""
    yield _starter(folder / OWN_NAME, settings_text(found), _settings_kept(folder))
    if root is None:
        return
    documents = folder.resolve().relative_to(root).as_posix()
    yield _starter(root / WORKFLOW, workflow_text(requirement, documents))
    rows = hook_rows(requirement, documents, found)
    hooks = _starter(root / HOOKS, f"repos:\n{rows}")
    if hooks.kept and NAME not in hooks.path.read_text(encoding="utf-8", errors="replace"):
        hooks = Starter(hooks.path, "", f"{hooks.kept}; add this to its `repos:`", rows)
    yield hooks


def _starter(path: Path, text: str, kept: str = "") -> Starter:
    return Starter(path, text, "it is there already" if path.exists() else kept)


def _settings_kept(folder: Path) -> str:
    """Settings may stand in a file that other programs share."""
    shared = folder / SHARED_NAME
    section = ".".join(SECTION)
    if shared.is_file():
        text = shared.read_text(encoding="utf-8", errors="replace")
        if re.search(rf"^\s*\[{re.escape(section)}\b", text, re.MULTILINE):
            return f"{SHARED_NAME} has settings in [{section}]"
    return ""


def _write(starters: Iterable[Starter]) -> None:
    """Write all files, or none."""
    starters = tuple(starters)
    try:
        for each in starters:
            each.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{error.filename}: the folder cannot be made: {error.strerror}"
        raise UserError(message) from None
    write_files([(each.path, each.text) for each in starters])


def _told(starters: Iterable[Starter], *, is_dry: bool) -> Iterator[str]:
    """What becomes of each file; on a dry run with its text."""
    for each in starters:
        path = shown(_short(each.path))
        if each.kept:
            yield f"left as it is: {path}: {each.kept}\n{each.addition}"
        elif is_dry:
            yield f"would be written: {path}\n{each.text}\n"
        else:
            yield f"written: {path}\n"


def _advice(
    folder: Path, root: Path | None, written: Sequence[Path], requirement: str
) -> Iterator[str]:
    """What was not done, and what to do next."""
    if root is None:
        yield "no workflow and no hook: this folder is in no git repository\n"
    elif len(written) > (folder / OWN_NAME in written):
        yield f"workflow and hook install {requirement}"
        unsure = "; see that your package index has it, or say where it is with --install"
        yield (unsure if requirement == RELEASE else "") + "\n"
        yield "" if root / HOOKS not in written else "to switch the hook on: pre-commit install\n"
    yield f"next: {NAME} check {shown(shlex.quote(str(folder)))}\n"


def _short(path: Path) -> str:
    """A path as seen from where we stand, if it lies below."""
    here = Path.cwd()
    inside = path.resolve()
    return str(inside.relative_to(here)) if inside.is_relative_to(here) else str(path)
