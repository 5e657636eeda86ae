"""The versions of documents that are compared: files, folders, and revisions of git."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.errors import UserError
from unbudget_check.readers.paths import NAMED_ONLY, endings, is_excluded, is_folder
from unbudget_check.readers.source import mapping_for
from unbudget_check.reporters.words import shown

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Iterator, Mapping

    from unbudget_check.model.options import Wishes


@dataclass(frozen=True, slots=True)
class Version:
    """One version of documents: the paths to check, and the bytes of those that are no files."""

    paths: tuple[str, ...]
    given: Mapping[str, bytes] = field(default_factory=dict)


def versions_of(old: str, new: str, wishes: Wishes) -> tuple[Version, Version]:
    """What two words stand for, each a file, a folder or a revision of git.

    A revision is taken of the documents that the other word names; of two revisions all documents
    below where we stand are taken. An old folder is asked for the file that a new file is called
    like. Raises UserError for what is none of these.
    """
    here = new if _is_path(new) else old if _is_path(old) else "."
    return _version(old, here, wishes), _version(new, here, wishes)


def _version(name: str, here: str, wishes: Wishes) -> Version:
    if not _is_path(name):
        given = dict(_committed_below(name, here, wishes))
        return Version(tuple(given), given)
    if is_folder(name) and not is_folder(here) and Path(name, Path(here).name).is_file():
        return Version((str(Path(name, Path(here).name)),))
    return Version((name,))


def _is_path(name: str) -> bool:
    return is_folder(name) or Path(name).is_file()


def _committed_below(revision: str, path: str, wishes: Wishes) -> Iterator[tuple[str, bytes]]:
    """The documents of a revision at a path: those of a folder, or one file, under their paths."""
    if not is_folder(path):
        yield from committed(revision, [path])
        return
    git = _git_for(revision, path)
    ran = _git(git, path, "ls-tree", "-r", "-z", "--name-only", revision)
    names = [name.decode(errors="surrogateescape") for name in ran.stdout.split(b"\0") if name]
    files = [str(Path(path, name)) for name in names if _is_document(name, path, wishes)]
    yield from committed(revision, files)


def _is_document(name: str, folder: str, wishes: Wishes) -> bool:
    """Whether a file of a revision is one that its folder would stand for."""
    path = Path(name)
    if any(part.startswith(".") for part in path.parts) or is_excluded(name, wishes.exclude):
        return False
    is_known = path.suffix.lower() in endings() and path.suffix.lower() not in NAMED_ONLY
    return is_known or mapping_for(str(Path(folder, name)), wishes.tidy) is not None


def committed(revision: str, files: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files as a revision of git holds them; those that it does not hold are left out."""
    git = ""
    for file in files:
        whole = Path(file).resolve()
        git = git or _git_for(revision, str(whole.parent))
        ran = _git(git, str(whole.parent), "cat-file", "blob", f"{revision}:./{whole.name}")
        if ran.returncode == 0:
            yield file, ran.stdout


def _git_for(revision: str, folder: str) -> str:
    """The program git; raises UserError where a revision is not known in a folder."""
    import shutil  # few runs need it

    git = shutil.which("git")
    words = "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    if git is None or revision.startswith("-") or _git(git, folder, *words).returncode:
        message = f"{shown(revision)}: there is no such file, folder or git revision"
        raise UserError(message)
    return git


def _git(git: str, folder: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    import subprocess  # slow to load

    return subprocess.run(  # noqa: S603  no shell; a revision never begins with a dash
        [git, "-C", folder, *words], capture_output=True, check=False
    )
