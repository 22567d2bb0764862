"""Files that cannot be read say so in both languages; a bad page does not take the others with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docmodel.document import SourceFile
from docmodel.errors import CorruptSourceError, SourceError, SourceTooLargeError
from extractors.base import ReadLimits
from extractors.pdf import PdfReader, open_pdf

HOSTILE = Path(__file__).parents[4] / "shared" / "hostile"


def source_of(path: Path) -> SourceFile:
    return SourceFile(source_path=path.name, path=path, size_bytes=path.stat().st_size, sha256="0" * 64)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"no pdf at all", "pdf_corrupt"), (b"%PDF-1.7\n1 0 obj\n<<", "pdf_corrupt")],
)
def test_broken_files(tmp_path: Path, content: bytes, code: str) -> None:
    """Empty, foreign and cut-off files raise an error with a code and a message in Thai and English."""
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(CorruptSourceError) as caught:
        open_pdf(path)
    assert caught.value.code == code
    assert caught.value.message_th
    assert caught.value.message_en


def test_no_pages(tmp_path: Path, maker: Any) -> None:
    """A file without pages is not taken for an empty plan."""
    path = tmp_path / "a.pdf"
    path.write_bytes(maker().data().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0     "))
    with pytest.raises(CorruptSourceError) as caught:
        open_pdf(path)
    assert caught.value.code == "pdf_no_pages"


def test_broken_page_is_reported(tmp_path: Path, maker: Any) -> None:
    """A page that cannot be loaded is unreadable, with an issue that names it."""
    path = tmp_path / "a.pdf"
    path.write_bytes(maker().data().replace(b"/Type/Page/Parent", b"/Type/Pigs/Parent"))
    with open_pdf(path) as pdf:
        page = pdf.read_page(0)
        assert pdf.page_count == 1
        if page.readable:
            pytest.skip("this PDFium loads the page after all")
        assert [(issue.code, issue.page_number) for issue in pdf.issues] == [("pdf_page_broken", 1)]


@pytest.mark.parametrize("limits", [ReadLimits(max_bytes=10), ReadLimits(max_pages=0)])
def test_limits(tmp_path: Path, maker: Any, limits: ReadLimits) -> None:
    """A file beyond the limits is refused before its pages are read."""
    path = tmp_path / "a.pdf"
    path.write_bytes(maker().data())
    with pytest.raises(SourceTooLargeError):
        PdfReader().read(source_of(path), limits)


def test_reader_reads_all_pages(tmp_path: Path, maker: Any) -> None:
    """The reader gives the document with its pages and media type."""
    pdf = maker()
    pdf.text(100, 100, "แผน")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf.data())
    document = PdfReader().read(source_of(path), ReadLimits())
    assert document.media_type == "application/pdf"
    assert [page.number for page in document.pages] == [1]


def test_render_gives_grey_pixels(maker: Any, opened: Any) -> None:
    """A rendering is grey, of the asked resolution, white where nothing is drawn."""
    pdf = maker()
    pdf.bar(0, 0, 100, 100)
    with opened(pdf) as file:
        image = file.render_page(0, 72)
    assert image.pixels.shape == (842, 595)
    assert (image.pixels.dtype.name, image.dpi) == ("uint8", 72)
    assert (int(image.pixels[50, 50]), int(image.pixels[400, 400])) == (0, 255)


def test_giant_page_is_rendered_coarser(maker: Any, opened: Any) -> None:
    """A page of several metres does not take all memory."""
    with opened(maker(width=14_000, height=14_000)) as file:
        image = file.render_page(0, 200)
    assert image.pixels.size < 70_000_000
    assert image.dpi < 200


@pytest.mark.skipif(not HOSTILE.exists(), reason="the collection of broken files is not beside the repository")
def test_hostile_files_give_typed_errors() -> None:
    """Broken and encrypted files of other readers' test suites give an error of ours or pages, never another error."""
    for path in sorted(HOSTILE.glob("*.pdf")):
        try:
            with open_pdf(path) as pdf:
                for index in range(min(pdf.page_count, 20)):
                    pdf.read_page(index)
        except SourceError as error:
            assert error.code.startswith(("pdf_", "empty_"))


def test_page_without_a_size_is_unreadable(maker: Any, opened: Any) -> None:
    """A page whose visible part has no area cannot be read, and says so."""
    with opened(maker(crop="100 100 100 100")) as file:
        page = file.read_page(0)
        if page.readable:
            assert page.width_pt is not None
            assert page.width_pt > 0
        else:
            assert [issue.code for issue in file.issues] == ["pdf_page_broken"]


def test_giant_page_is_read(maker: Any, read_page: Any) -> None:
    """A plan drawn on a poster is text like any other."""
    pdf = maker(width=20_000, height=20_000)
    pdf.text(9_000, 9_000, "แผนผัง", size=300)
    (block,) = read_page(pdf).text_blocks()
    assert block.raw_text == "แผนผัง"


def test_a_file_that_broke_off_is_read_to_the_cut(tmp_path: Path, maker: Any) -> None:
    """Without its table and trailer a file keeps its pages, and says that its end is lost."""
    pdf = maker()
    pdf.text(100, 100, "แผน")
    content = pdf.data()
    path = tmp_path / "a.pdf"
    path.write_bytes(content[: content.rfind(b"xref") - 10])
    with open_pdf(path) as opened:
        page = opened.read_page(0)
        assert [issue.code for issue in opened.issues] == ["pdf_truncated"]
        assert "".join(block.raw_text for block in page.text_blocks()) == "แผน"


def test_a_file_without_its_first_line_is_read(tmp_path: Path, maker: Any) -> None:
    """Its start and its table are lost; what stands between is shown, and the file is told to be incomplete."""
    pdf = maker()
    pdf.text(100, 100, "แผน")
    content = pdf.data()
    path = tmp_path / "a.pdf"
    path.write_bytes(content[content.find(b"1 0 obj") :])
    with open_pdf(path) as opened:
        assert "".join(block.raw_text for block in opened.read_page(0).text_blocks()) == "แผน"
        assert [issue.code for issue in opened.issues] == ["pdf_truncated"]


def test_nothing_is_rescued_where_nothing_can_be_shown(tmp_path: Path, maker: Any) -> None:
    """A file cut before its first page's content is damaged, not an empty plan."""
    content = maker().data()
    path = tmp_path / "a.pdf"
    path.write_bytes(content[: content.find(b"/Type/Page/Parent")])
    with pytest.raises(CorruptSourceError) as caught:
        open_pdf(path)
    assert caught.value.code == "pdf_corrupt"
