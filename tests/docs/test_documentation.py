"""What the documentation must keep up with: error codes, commands, options, system parts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import typer

from reports.cli import app

ROOT = Path(__file__).parents[2]
PACKAGES = ("docmodel", "extractors", "normalizers", "pipeline", "reports")
CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def find_codes() -> set[str]:
    """Every code that the source gives an error or an issue."""
    return {
        code
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for code in codes_of(node)
    }


def codes_of(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    first = call.args[0] if call.args else None
    given = first if name.endswith("Error") and "th" in keywords else keywords.get("code") if name == "Issue" else None
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value


def documented_codes() -> set[str]:
    rows = [
        line.split("|")[1]
        for line in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8").splitlines()
        if "|" in line
    ]
    return {code for row in rows for code in re.findall(r"`([a-z0-9_]+)`", row)}


def test_every_error_code_is_documented() -> None:
    """A code that a user can meet is in docs/errors.md."""
    codes = find_codes()
    assert len(codes) > 30
    assert codes - documented_codes() == set()


def test_no_code_is_documented_that_the_source_does_not_have() -> None:
    """What was removed or renamed does not linger in the documentation."""
    source = "\n".join(
        path.read_text(encoding="utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )
    assert {code for code in documented_codes() if f'"{code}"' not in source} == set()


def test_codes_are_snake_case() -> None:
    """Codes are stable names, not sentences."""
    assert {code for code in find_codes() if not CODE.fullmatch(code)} == set()


def find_commands() -> Iterator[tuple[str, list[str]]]:
    """Every command with its options."""
    root = typer.main.get_command(app)
    stack = [("bcp", root)]
    while stack:
        name, command = stack.pop()
        children = getattr(command, "commands", None)
        if children:
            stack += [(f"{name} {child}", entry) for child, entry in children.items()]
            continue
        options = [
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
            if option.startswith("-") and option not in ("--help",)
        ]
        yield name, options


def test_every_command_and_option_is_documented() -> None:
    """docs/cli.md names each command and each of its options."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    commands = dict(find_commands())
    assert len(commands) >= 8
    for command, options in commands.items():
        assert f"`{command}" in text, command
        for option in options:
            assert f"{option}`" in text or f"{option} " in text or f"`{option}" in text, f"{command} {option}"


def test_every_make_target_explains_itself() -> None:
    """``make`` prints a line for each target that a person would call."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert targets - explained == {"ready"}
    assert {"extract", "test", "check", "fix", "goldens", "bench", "doctor", "clean"} <= explained


def test_links_of_the_documentation_lead_somewhere() -> None:
    """No relative link points to a file that is not there."""
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_set_up_installs_what_doctor_asks_for() -> None:
    """Each system package that the messages name is one that the set-up script installs."""
    script = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8")
    doctor = (ROOT / "pipeline" / "doctor.py").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:tesseract-ocr(?:-tha)?|libreoffice-writer-nogui|libarchive13)", doctor))
    assert named
    installed = re.search(r'^APT_PARTS="([^"]*)"', script, re.MULTILINE)
    assert installed is not None
    assert named <= set(installed[1].split())
