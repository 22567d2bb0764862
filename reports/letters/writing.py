"""One letter as a Word file, from a template that can be edited in Word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from docmodel.errors import ConfigError
from reports.html.environment import plain
from reports.letters.form import Form

TEMPLATE = Path(__file__).parent / "template.docx"
AS_WRITTEN = frozenset({"quote", "file", "files"})
"""Fields that keep the numerals of the document, or of the file's name."""
_BROKEN = (TemplateError, PackageNotFoundError, BadZipFile, LxmlError, ValueError, KeyError, FileNotFoundError)


class _Environment(SandboxedEnvironment):
    """Compiles each part of the template once, however many letters there are."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **more: Any) -> Template:
        """The compiled template of a text."""
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source, *args, **more)
        return self._compiled[source]


@lru_cache(maxsize=32)
def _patch(source: str) -> str:
    patched: str = DocxTemplate.patch_xml(DocxTemplate.__new__(DocxTemplate), source)
    return patched


class _Docx(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """The library's template, its repairs of Word's XML done once for all letters."""

    def patch_xml(self, src_xml: str) -> str:
        """The XML of a part with the template's marks made whole."""
        return _patch(src_xml)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWriter:
    """Writes letters from one template."""

    template: Path = TEMPLATE
    environment: _Environment = field(default_factory=_Environment)

    def write(self, path: Path, context: Mapping[str, Any]) -> None:
        """Write one letter. Raises ConfigError where the template does not work."""
        try:
            document = _Docx(str(self.template))
            document.render(dict(context), jinja_env=self.environment, autoescape=True)
        except _BROKEN as error:
            name = self.template.name
            raise ConfigError(
                "letter_template_wrong",
                th=f"แม่แบบหนังสือ {name} ใช้ไม่ได้ ({type(error).__name__}) กรุณาตรวจคำสั่งในวงเล็บปีกกาตาม docs/letters.md",
                en=f"The letter template {name} does not work ({_words_of(error)}); compare its fields in braces "
                "with docs/letters.md.",
            ) from error
        document.save(str(path))


def _words_of(error: Exception) -> str:
    """What is wrong with a template; its words are the template's own, never a document's."""
    return f"{type(error).__name__}: {error}" if isinstance(error, TemplateError) else type(error).__name__


def clean_fields(value: Any, form: Form, key: str = "") -> Any:
    """Fields fit for Word: without characters that it refuses, numbers in the numerals asked for."""
    if isinstance(value, str):
        text = plain(value)
        return text if key in AS_WRITTEN else form.digits(text)
    if isinstance(value, dict):
        return {name: clean_fields(inner, form, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean_fields(inner, form, key) for inner in value]
    return value
