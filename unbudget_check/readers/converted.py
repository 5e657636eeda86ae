"""Files of old office programs, converted on request by LibreOffice, and read as what they become.

The program works on a copy in a private folder that is removed again, with settings of its own,
without macros and without a network, and within a time limit.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from unbudget_check.messages.telling import unreadable
from unbudget_check.model.message import saying
from unbudget_check.readers.source import Source

if TYPE_CHECKING:
    from unbudget_check.model.document import Document

PROGRAMS = ("soffice", "libreoffice")
CONVERSION_SECONDS = 180
# Nothing listens there: what a file refers to is not fetched.
NOWHERE = "http://127.0.0.1:9"


def converted(source: Source, kind: str) -> Source:
    """The same document as a file that ends in ``kind``; raises UnreadableError where it fails."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise unreadable(saying("file-convert-absent", path=source.path))
    ending = Path(source.path).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="unbudget-check-") as folder:
        before = Path(folder, f"input{ending}")
        before.write_bytes(source.data)
        after = before.with_suffix(kind)
        _run(program, before, kind.removeprefix("."), source.path)
        try:
            data = after.read_bytes()
        except OSError:
            raise unreadable(saying("file-convert-failed", path=source.path)) from None
    return Source(str(Path(source.path).with_suffix(kind)), data, source.options)


def _run(program: str, file: Path, kind: str, path: str) -> None:
    """Convert a file where it lies; raises UnreadableError where that takes too long."""
    command = [
        program,
        f"-env:UserInstallation={(file.parent / 'settings').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", kind),
        *("--outdir", str(file.parent), str(file)),
    ]
    blocked = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    process = subprocess.Popen(  # noqa: S603  the program of the system, a file of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **blocked, "HOME": str(file.parent)},
        start_new_session=True,
    )
    try:
        process.wait(CONVERSION_SECONDS)
    except subprocess.TimeoutExpired:
        raise unreadable(saying("file-convert-long", path=path, limit=CONVERSION_SECONDS)) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):  # it has ended, or the system has no groups
        process.kill()
    process.wait()


def as_original(document: Document, source: Source) -> Document:
    """What was read of a converted file, as a document at its own path, with a word about it."""
    said = saying("file-was-converted", ending=Path(document.path).suffix)
    return replace(
        document,
        path=source.path,
        sha256=source.sha256,
        remarks=(*document.remarks, said),
    )
