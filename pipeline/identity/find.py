"""Whose document it is and of what kind."""

from __future__ import annotations

from docmodel.vocabulary import DocumentClass
from pipeline.identity.agency import find_agency
from pipeline.identity.dating import PlanDate, find_plan_date
from pipeline.identity.document_class import find_document_class
from pipeline.identity.province import find_province
from pipeline.identity.titles import find_title
from pipeline.mapping.lexicon import load_lexicon
from pipeline.values import Identity, MappedDocument

# Letters and circulars have dates of their own; a plan's year says nothing about them.
_DATED = frozenset({DocumentClass.BCP_PLAN, DocumentClass.OTHER, DocumentClass.REPORT})


def find_identity(mapped: MappedDocument, source_path: str) -> Identity:
    """Kind, agency, province, title, year and date of a document; None for what it does not say.

    The file's name is only a weak hint for agency and year, and none for the kind.
    """
    lexicon = load_lexicon(mapped.mapping.schema_id)
    document = mapped.document
    title = find_title(document, mapped.outline, lexicon)
    decision = find_document_class(mapped, title)
    agency = find_agency(document, mapped.outline, source_path, lexicon)
    dated = find_plan_date(document, title.text, source_path) if decision.document_class in _DATED else PlanDate()
    return Identity(
        document_class=decision.document_class,
        class_confidence=decision.confidence,
        class_reason=decision.reason,
        agency_name=agency.name if agency is not None else None,
        agency_type=agency.agency_type if agency is not None else None,
        province=find_province(agency, document),
        title=title.text,
        plan_year_be=dated.year_be,
        plan_date=dated.day,
    )
