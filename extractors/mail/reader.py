"""Reads a mail's own text: sender and subject in front, which often name the agency, then the message."""

from __future__ import annotations

from docmodel.blocks import Block
from docmodel.document import ExtractedDocument, Page, SourceFile
from docmodel.provenance import Provenance, TextSource
from extractors.base import ReadLimits
from extractors.blocks import table_ids, text_block
from extractors.mail.mail import Mail
from extractors.mail.message import EML, read_mail
from extractors.ole import MSG, OLE_MAGIC
from extractors.text.html import read_html_blocks
from extractors.text.plain import read_plain_blocks


class MailReader:
    """Reader of mails; attachments are unpacked elsewhere and are documents of their own."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """Internet mail, Outlook's file."""
        return (EML, MSG)

    def read(self, source: SourceFile, limits: ReadLimits) -> ExtractedDocument:
        """Read the message; raises CorruptSourceError where the file is damaged."""
        del limits  # the size of the file is all that bounds a mail, and the caller has looked at it
        with source.path.open("rb") as stream:
            media_type = MSG if stream.read(len(OLE_MAGIC)) == OLE_MAGIC else EML
        mail = read_mail(source.path, media_type)
        page = Page(number=None, blocks=tuple(_read_blocks(mail)), source=TextSource.TEXT)
        return ExtractedDocument(source=source, media_type=media_type, pages=(page,), metadata_title=mail.subject)


def _read_blocks(mail: Mail) -> list[Block]:
    place = Provenance(source=TextSource.TEXT)
    heads = [f"{label}: {value}" for label, value in (("เรื่อง", mail.subject), ("จาก", mail.sender)) if value]
    blocks: list[Block] = [text_block(head, place) for head in heads]
    if mail.text:
        lines = mail.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        blocks += read_plain_blocks(lines, place, table_ids())
    elif mail.html:
        blocks += read_html_blocks(mail.html, place, table_ids())
    return blocks
