"""OCR for the pages of one document: an engine where one is needed, and issues where it is missing or fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from docmodel.blocks import TextBlock
from docmodel.document import Page
from docmodel.errors import BcpError, EngineError
from docmodel.issue import Issue, Severity
from docmodel.provenance import TextSource
from extractors.image import ImageFile
from extractors.ocr import OcrEngine, find_engine, read_page_image
from extractors.pdf import PdfFile
from pipeline.options import OcrEngineKind, OcrMode, Options
from pipeline.page_route import PageReason, count_characters, find_route, page_raw_text
from pipeline.second_reader import LayerCheck, check_layer, keep_stamp, read_headings_again


@dataclass(slots=True, kw_only=True)
class OcrDesk:
    """OCR for one document: the engine is started at the first page that needs it, its failures become issues."""

    options: Options
    issues: list[Issue] = field(default_factory=list)
    _engine: OcrEngine | None = None
    _missing: BcpError | None = None

    def __enter__(self) -> Self:
        """The desk itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine, if one was started."""
        if self._engine is not None:
            self._engine.close()

    def read(self, pdf: PdfFile | ImageFile, index: int, layer: Page, reason: PageReason) -> Page:
        """The page read by OCR; the text layer marked unreadable where OCR is missing or fails."""
        engine = self._find_engine()
        if engine is None:
            assert self._missing is not None
            self._note(self._missing, index + 1)
            return self._fallback(layer, reason)
        try:
            image = pdf.render_page(index, self.options.ocr_dpi)
            page = read_page_image(image, page_number=index + 1, engine=engine)
        except EngineError as error:
            self._note(error, index + 1)
            return self._fallback(layer, reason)
        if reason is PageReason.ASKED and not count_characters(page_raw_text(page)):
            return layer
        if reason is PageReason.LAYER_SPARSE:
            page = keep_stamp(page, layer)
            if page.source is not TextSource.OCR:
                return page
        damage = layer.damage if reason in (PageReason.LAYER_BROKEN, PageReason.LAYER_UNTRUE) else ()
        return replace(page, rotation=layer.rotation, damage=tuple(sorted({*page.damage, *damage})))

    def differs(self, pdf: PdfFile, index: int, layer: Page) -> bool:
        """Whether the picture says something else than a layer; False where nobody can tell."""
        engine = self._find_engine()
        if engine is None:
            return False
        try:
            image = pdf.render_page(index, self.options.ocr_dpi)
            return check_layer(layer, image, engine) is LayerCheck.DIFFERS
        except EngineError:
            return False

    def read_headings(self, pdf: PdfFile, index: int, layer: Page, headings: Sequence[TextBlock]) -> Page:
        """The layer with its doubtful headings in the better of two readings; as it is without an engine."""
        engine = self._find_engine()
        if engine is None:
            return layer
        try:
            image = pdf.render_page(index, self.options.ocr_dpi)
            return read_headings_again(layer, headings, image, engine)
        except EngineError:
            return layer

    def note_unread(self, page_number: int) -> None:
        """A page needed OCR, which the run was told not to use."""
        self.issues.append(
            Issue(
                code="ocr_switched_off",
                severity=Severity.WARNING,
                message_th="หน้านี้ต้องอ่านด้วย OCR แต่คำสั่งระบุ --ocr never กรุณาสั่งใหม่ด้วย --ocr auto",
                message_en="This page needs OCR, which --ocr never switched off; run again with --ocr auto.",
                page_number=page_number,
            )
        )

    def _find_engine(self) -> OcrEngine | None:
        if self._engine is None and self._missing is None:
            try:
                vision = self.options.ocr_engine is OcrEngineKind.VISION
                self._engine = find_engine(vision=vision, cache_dir=self.options.cache_dir)
            except EngineError as error:
                self._missing = error
        return self._engine

    def _fallback(self, layer: Page, reason: PageReason) -> Page:
        """Where OCR was only asked for, a sound layer still is; else nobody could read the page."""
        sound = reason is PageReason.ASKED and not find_route(layer, OcrMode.AUTO).use_ocr
        return layer if sound else replace(layer, readable=False)

    def _note(self, error: BcpError, page_number: int) -> None:
        self.issues.append(
            Issue(
                code=error.code,
                severity=Severity.ERROR,
                message_th=error.message_th,
                message_en=error.message_en,
                page_number=page_number,
            )
        )
