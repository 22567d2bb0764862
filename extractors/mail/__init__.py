"""Mails: the message as a document, its attachments as files of their own."""

from extractors.mail.mail import Attachment, Mail
from extractors.mail.message import EML, read_mail
from extractors.mail.reader import MailReader

__all__ = ["EML", "Attachment", "Mail", "MailReader", "read_mail"]
