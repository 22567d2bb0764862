"""Every hostile file with the rows that a right run gives it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.hostile import archives, pdfs, pictures, words
from benchmarks.hostile.case import Case, failed, ok, partial
from benchmarks.hostile.work import ALLOCATION, HANG, SEGFAULT

READ = (ok(),)
STOPPED = (failed("document_timeout"), failed("memory_limit"), failed("worker_crashed"))
"""A library that is refused memory may end its process itself."""
NO_TEXT = (failed("no_text_found"),)
DAMAGED_PDF = (failed("pdf_corrupt"), failed("pdf_no_pages"))
GOOD = ("a-good.docx", "m-good.docx", "z-good.docx")
"""Stand between the others in every order, and must come out as if they were alone."""


def hostile_cases(url: str) -> list[Case]:
    """All cases; ``url`` is where what they would like to fetch is waited for."""
    return [
        *(Case(name=name, make=lambda name=name: archives.plan(name), verdicts=READ) for name in GOOD),
        *_faults(),
        *_pdfs(url),
        *_documents(url),
        *_pictures(),
        *_archives(),
        *_mails(url),
        *_names(),
    ]


def _faults() -> list[Case]:
    return [
        Case(name=HANG, make=lambda: archives.plan("ค้าง"), verdicts=(failed("document_timeout"),), is_large=True),
        Case(name=SEGFAULT, make=lambda: archives.plan("ล้ม"), verdicts=(failed("worker_crashed"),)),
        Case(name=ALLOCATION, make=lambda: archives.plan("กินที่"), verdicts=(failed("memory_limit"),)),
    ]


def _pdfs(url: str) -> list[Case]:
    cut = next((Path(__file__).parents[2] / "data" / "raw").glob("02-*.pdf"))
    return [
        Case(name="pages-3000.pdf", make=lambda: pdfs.pages(3_000), verdicts=READ, is_large=True),
        Case(name="pages-3001.pdf", make=lambda: pdfs.pages(3_001), verdicts=(failed("too_many_pages"),)),
        Case(name="page-10m.pdf", make=lambda: pdfs.giant_page(drawn=False), verdicts=READ),
        Case(name="page-10m-drawn.pdf", make=lambda: pdfs.giant_page(drawn=True), verdicts=NO_TEXT, is_large=True),
        Case(name="stream-bomb.pdf", make=pdfs.stream_bomb, verdicts=(*NO_TEXT, *STOPPED), is_large=True),
        Case(name="picture-bomb.pdf", make=pdfs.picture_bomb, verdicts=(*NO_TEXT, *STOPPED), is_large=True),
        Case(
            name="endless-paths.pdf",
            make=lambda: pdfs.endless_paths(30_000_000),
            verdicts=(partial("document_timeout"), partial("memory_limit"), partial("worker_crashed")),
            is_large=True,
        ),
        Case(name="kids-loop.pdf", make=pdfs.kids_loop, verdicts=(*DAMAGED_PDF, failed("too_many_pages"))),
        Case(
            name="kids-deep.pdf",
            make=lambda: pdfs.deep_kids(50_000),
            verdicts=(*DAMAGED_PDF, failed("pdf_page_broken")),
        ),
        Case(
            name="arrays-deep.pdf",
            make=lambda: pdfs.deep_arrays(100_000),
            verdicts=(*DAMAGED_PDF, failed("pdf_page_broken")),
        ),
        # one that PDFium really falls over
        Case(name="form-loop.pdf", make=pdfs.form_loop, verdicts=(*READ, failed("worker_crashed"))),
        Case(name="table-loop.pdf", make=pdfs.table_loop, verdicts=(*READ, partial("pdf_truncated"), *DAMAGED_PDF)),
        Case(name="active.pdf", make=lambda: pdfs.active(url), verdicts=READ),
        Case(name="encrypted.pdf", make=pdfs.encrypted, verdicts=(failed("pdf_encrypted"),)),
        Case(name="truncated.pdf", make=lambda: cut.read_bytes()[:9_000], verdicts=DAMAGED_PDF),
        Case(name="empty.pdf", make=lambda: b"", verdicts=(failed("empty_file"),)),
        Case(name="text.pdf", make="ไม่พบหน้าที่ต้องการ".encode, verdicts=(failed("wrong_extension"),)),
        Case(name="word-called.pdf", make=lambda: archives.plan("ชื่อผิด"), verdicts=READ),
    ]


def _documents(url: str) -> list[Case]:
    damaged = (failed("docx_damaged"),)
    return [
        Case(name="entity-bomb.docx", make=words.entity_bomb, verdicts=damaged),
        Case(name="entity-bomb-16.docx", make=lambda: words.entity_bomb("utf-16"), verdicts=damaged),
        Case(name="outside-entity.docx", make=lambda: words.outside_entity(url), verdicts=damaged),
        Case(name="remote-parts.docx", make=lambda: words.remote_parts(url), verdicts=READ),
        Case(name="macros.docm", make=words.macros, verdicts=READ),
        Case(
            name="packed-bomb.docx",
            make=lambda: archives.member_of_zeros(2_048, "word/document.xml"),
            verdicts=(failed("docx_too_large"), failed("docx_damaged")),
            is_large=True,
        ),
        Case(name="tables-deep.docx", make=lambda: words.nested_tables(3_000), verdicts=(*READ, *damaged)),
        Case(name="span-endless.docx", make=words.endless_span, verdicts=READ),
        Case(name="empty.docx", make=lambda: b"", verdicts=(failed("empty_file"),)),
        Case(name="truncated.docx", make=lambda: archives.plan("ตัด")[:600], verdicts=damaged),
        Case(
            name="truncated.doc",
            make=lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99),
            verdicts=(failed("ole_damaged"),),
        ),
        Case(name="remote.odt", make=lambda: words.odt(url), verdicts=READ),
        Case(name="encrypted.odt", make=lambda: words.odt(url, encrypted=True), verdicts=(failed("office_encrypted"),)),
        Case(name="remote.rtf", make=lambda: words.rtf(url), verdicts=READ),
        Case(
            name="groups-deep.rtf",
            make=lambda: b"{\\rtf1" + b"{" * 200_000 + b"x" + b"}" * 200_000 + b"}",
            verdicts=(*READ, failed("office_conversion_failed"), *NO_TEXT, *STOPPED),
            is_large=True,
        ),
        Case(name="page.html", make=lambda: words.web_page(url), verdicts=READ),
        Case(name="deep.html", make=lambda: words.deep_web_page(100_000), verdicts=READ),
        Case(name="knots.md", make=lambda: words.knotty_markdown(20_000), verdicts=READ),
        Case(
            name="knots-large.md",
            make=lambda: words.knotty_markdown(200_000),
            verdicts=(*READ, *STOPPED),
            is_large=True,
        ),
        Case(name="line.txt", make=lambda: words.endless_line(2_000_000), verdicts=(*READ, *STOPPED), is_large=True),
        Case(name="false-letters.txt", make=words.false_letters, verdicts=READ),
        Case(name="noise.docx", make=lambda: bytes(range(256)) * 400, verdicts=(failed("unsupported_media_type"),)),
        Case(
            name="slides.ppt",
            make=lambda: words.pack({"[Content_Types].xml": "presentationml.", "ppt/x": ""}),
            verdicts=(failed("unsupported_office"),),
        ),
        Case(
            name="saved.mht",
            make=lambda: b"From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; x\r\n\r\n",
            verdicts=(failed("unsupported_web_archive"),),
        ),
    ]


def _pictures() -> list[Case]:
    return [
        Case(name="claims.png", make=lambda: pictures.claimed_png(100_000), verdicts=(failed("image_too_large"),)),
        Case(name="broken.png", make=lambda: pictures.claimed_png(5_000), verdicts=(failed("image_damaged"), *NO_TEXT)),
        Case(name="huge.png", make=lambda: pictures.large_png(12_000), verdicts=NO_TEXT),
        Case(name="comment-bomb.png", make=pictures.text_bomb_png, verdicts=(*NO_TEXT, failed("image_damaged"))),
        Case(name="cut.jpg", make=pictures.cut_jpeg, verdicts=(failed("image_damaged"),)),
        Case(
            name="endless.tiff",
            make=pictures.endless_tiff,
            verdicts=(*NO_TEXT, failed("image_damaged"), failed("too_many_pages")),
        ),
    ]


def _archives() -> list[Case]:
    stopped = partial("archive_too_large")
    return [
        Case(
            name="bomb.zip",
            make=lambda: archives.member_of_zeros(3_900),
            verdicts=(partial("archive_members_unread"),),
            members={"ก่อน.docx": ok(), "แผน.txt": failed("archive_too_large")},
            is_large=True,
        ),
        Case(
            name="bomb-nested.zip",
            make=archives.nested_bomb,
            verdicts=(stopped, failed("archive_too_large")),
            members=None,
            is_large=True,
        ),
        Case(
            name="bomb-overlapping.zip",
            make=archives.overlapping,
            verdicts=(stopped, failed("archive_too_large"), failed("archive_members_unread")),
            members=None,
        ),
        Case(
            name="bomb.txt.gz",
            make=lambda: archives.packed_zeros(6_000),
            verdicts=(failed("archive_too_large"), failed("archive_empty")),
            members=None,
            is_large=True,
        ),
        Case(
            name="traversal.zip",
            make=archives.traversal,
            verdicts=READ,
            members={
                "tmp/bcp-escaped.docx": ok(),
                "tmp/bcp-escaped.docx (2)": ok(),
                "Windows/bcp-escaped.docx": ok(),
                "ข้างใน/bcp-escaped.docx": ok(),
            },
        ),
        Case(
            name="links.zip",
            make=archives.links_zip,
            verdicts=(partial("archive_members_unread"),),
            members={"ลิงก์.docx": failed("archive_link"), "จริง.docx": ok()},
        ),
        Case(
            name="links.tar.gz",
            make=archives.links_tar,
            verdicts=(partial("archive_members_unread"),),
            members={
                **dict.fromkeys(("out", "hard.docx", "pipe.docx", "device.docx"), failed("archive_link")),
                "out/bcp-escaped.docx": ok(),
            },
        ),
        Case(name="thai-names.zip", make=archives.thai_names, verdicts=READ, members={archives.THAI_NAME: ok()}),
        Case(name="plan.rar", make=archives.rar, verdicts=READ, members={archives.THAI_NAME: ok()}),
        Case(name="false-names.zip", make=archives.false_names, verdicts=READ, members=None),
        Case(
            name="deep.zip",
            make=lambda: archives.nested(8),
            verdicts=(partial("archive_members_unread"), ok()),
            members=None,
        ),
        Case(name="many.zip", make=lambda: archives.many(6_000), verdicts=(stopped,), members=None, is_large=True),
        Case(
            name="password.zip",
            make=archives.with_password,
            verdicts=(partial("archive_members_unread"),),
            members={"เปิด.docx": ok(), "ลับ.docx": failed("archive_encrypted")},
        ),
        Case(
            name="method.zip",
            make=archives.unknown_method,
            verdicts=(failed("archive_members_unread"),),
            members={"แผน.docx": failed("archive_method_unsupported")},
        ),
        Case(name="truncated.zip", make=lambda: archives.many(40)[:4_000], verdicts=(failed("archive_damaged"),)),
        Case(name="empty.zip", make=lambda: words.pack({}), verdicts=(failed("archive_empty"),)),
        Case(
            name="zip-called.pdf",
            make=lambda: words.pack({"แผน.docx": archives.plan("ในพีดีเอฟ")}),
            verdicts=READ,
            members={"แผน.docx": ok()},
        ),
        Case(
            name="damaged.7z",
            make=lambda: b"7z\xbc\xaf\x27\x1c" + bytes(200),
            verdicts=(failed("archive_damaged"), failed("archive_empty")),
        ),
    ]


def _mails(url: str) -> list[Case]:
    page = words.web_page(url + "/mail")
    return [
        Case(
            name="mail.eml",
            make=lambda: archives.mail({"แผน.zip": words.pack({"ใน.docx": archives.plan("เมลซิป")}), "หน้า.html": page}),
            verdicts=READ,
            members={"แผน.zip": ok(), "แผน.zip!/ใน.docx": ok(), "หน้า.html": ok()},
        ),
        Case(
            name="mail-deep.eml",
            make=lambda: archives.nested_mail(8),
            verdicts=(*READ, partial("archive_members_unread")),
            members=None,
        ),
        Case(
            name="outlook.msg",
            make=archives.nested_outlook,
            verdicts=READ,
            members={"แผน.zip": ok(), "แผน.zip!/แผน.docx": ok(), "ฉบับแรก.eml": ok(), "ฉบับแรก.eml!/แผน.docx": ok()},
        ),
        Case(
            name="damaged.msg",
            make=lambda: archives.nested_outlook()[:3_000],
            verdicts=(failed("mail_damaged"), failed("ole_damaged")),
        ),
    ]


def _names() -> list[Case]:
    """Names on the disk itself; the first is in the Thai Windows page, as old disks have them."""
    names = (
        "แผนเก่า.docx".encode("cp874").decode("utf-8", "surrogateescape"),
        "แผน\N{RIGHT-TO-LEFT OVERRIDE}xcod.docx",
        "<img src=x onerror=alert(1)>.docx",
        "=1+1.docx",
        "[red]สี[/red].docx",
        "บรรทัด\nสอง.docx",
        "; rm -rf ~ $(reboot).docx",
        "-o --force.docx",
    )
    return [
        Case(name=name, make=lambda number=number: archives.plan(f"ชื่อแปลก {number}"), verdicts=READ)
        for number, name in enumerate(names)
    ]
