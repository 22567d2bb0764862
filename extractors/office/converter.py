"""LibreOffice as a converter that can do no harm: a profile of its own, no macros, no network, a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from docmodel.errors import EngineError, EngineMissingError, EngineTimeoutError

PROGRAM_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
INSTALL_COMMAND = "sudo apt-get install -y --no-install-recommends libreoffice-writer-nogui"
# A plan of 100 pages takes 3 to 10 seconds, the first start of a profile included.
DEFAULT_TIMEOUT_S = 180.0
# Word 2007 is the variant that keeps text boxes, form fields and numbering as Word's own.
_FILTER = "docx:MS Word 2007 XML"
# Time for a killed process to be collected.
_REAP_TIMEOUT_S = 10.0

_PROFILE_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    # a proxy that is not there: nothing that a document links to is fetched
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_office() -> Path:
    """The LibreOffice program; raises EngineMissingError with the command that installs it."""
    for name in PROGRAM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for place in _USUAL_PLACES:
        if place.is_file():
            return place
    raise EngineMissingError(
        "libreoffice_missing",
        th=f"ไม่พบ LibreOffice ซึ่งใช้อ่านไฟล์ .doc .odt .rtf โปรดติดตั้งด้วยคำสั่ง: {INSTALL_COMMAND}",
        en=f"LibreOffice, which reads .doc, .odt and .rtf files, is not installed. Run: {INSTALL_COMMAND}",
    )


@contextmanager
def convert_to_docx(path: Path, suffix: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> Iterator[Path]:
    """A Word file made of another kind of document, there as long as the context lasts.

    ``suffix`` (".doc") tells LibreOffice the kind, whatever the file's own name. Raises EngineMissingError,
    EngineTimeoutError, or EngineError where LibreOffice makes nothing of the file.
    """
    program = find_office()
    with tempfile.TemporaryDirectory(prefix="bcp-office-") as folder_name:
        folder = Path(folder_name)
        # a name of our own: an agency's can hold what a command line trips over
        source = folder / f"source{suffix}"
        shutil.copyfile(path, source)
        profile = folder / "profile"
        _write_profile(profile)
        output = folder / "out"
        output.mkdir()
        _run(_command(program, profile, output, source), folder, timeout_s)
        converted = output / "source.docx"
        if not converted.is_file():
            raise EngineError(
                "office_conversion_failed",
                th="LibreOffice แปลงไฟล์นี้ไม่ได้ โปรดเปิดใน Word แล้วบันทึกเป็น .docx หรือขอไฟล์ใหม่",
                en="LibreOffice could not convert the file. Open and save it in Word as .docx, or ask for a new one.",
            )
        yield converted


def _command(program: Path, profile: Path, output: Path, source: Path) -> list[str]:
    return [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--invisible",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(output),
        str(source),
    ]


def _run(command: list[str], folder: Path, timeout_s: float) -> None:
    """Run LibreOffice in a process group of its own, which is killed whole when time is up."""
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=timeout_s)
    except subprocess.TimeoutExpired as error:
        raise EngineTimeoutError(
            "office_timeout",
            th=f"LibreOffice แปลงไฟล์ไม่เสร็จใน {timeout_s:.0f} วินาที โปรดเปิดใน Word แล้วบันทึกเป็น .docx",
            en=f"LibreOffice did not finish within {timeout_s:.0f} seconds. Open and save the file in Word as .docx.",
        ) from error
    finally:
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and all it started; its launcher leaves the real program behind when it is killed alone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=_REAP_TIMEOUT_S)


def _write_profile(profile: Path) -> None:
    """Settings of a fresh profile: macros off, links never followed."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _PROFILE_SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
