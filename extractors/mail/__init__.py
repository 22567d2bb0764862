"""Mails: the message as a document, its attachments as files of their own."""

from extractors.mail.message import EML, Attachment, Mail, read_mail
from extractors.mail.reader import MailReader

__all__ = ["EML", "Attachment", "Mail", "MailReader", "read_mail"]
