"""Incidents named in a text, with the words that name each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docmodel.vocabulary import Incident
from normalizers.text import normalize_value
from pipeline.terms import GAP, TermMatch, compact
from pipeline.vocabulary import Vocabulary

_SEPARATORS = re.compile(r"\s*(?:,|;|\n|\s{1,}|หรือ|และ(?=ภัย|เหตุ|การ|โรค|ไฟ|น้ำ))\s*")
_OTHER = re.compile(r"^(?:อื่น\s?ๆ?|อื่นๆ)(?=$|[\s(:.,])\s*(?:\(?\s*(?:โปรด)?ระบุ\s*\)?)?\s*[:.…_\s]*")
_QUAKE_AND_FALL = re.compile(r"แผ่นดินไหว\s*(?:และ|จน|ทำให้)\s*(?:ตึก|อาคาร)")
# A name, not a sentence that happens to speak of an incident.
MAX_NAME_CHARS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIncident:
    """An incident and its name as written."""

    incident: Incident
    raw: str


def find_incidents(text: str, vocabulary: Vocabulary) -> tuple[NamedIncident, ...]:
    """The incidents that a text names, each once. A text that names one keeps its whole wording as the name.

    Several in one text ("แผ่นดินไหว ไฟฟ้าดับ พายุ") are told apart, each with its own words.
    """
    matches = vocabulary.incidents.find_all(text)
    labels = list(dict.fromkeys(match.label for match in matches))
    if labels == [Incident.EARTHQUAKE, Incident.BUILDING_COLLAPSE] and _QUAKE_AND_FALL.search(text):
        labels = labels[:1]  # what falls is what the earthquake did
    if not labels:
        near = vocabulary.incidents.find(text) if len(text) <= MAX_NAME_CHARS else None
        return (NamedIncident(incident=near.label, raw=text.strip()),) if near else ()
    if len(labels) == 1 and len(text) <= MAX_NAME_CHARS:
        return (NamedIncident(incident=labels[0], raw=strip_other(text) or text.strip()),)
    named = []
    words = [word for word in _SEPARATORS.split(text) if word]
    for label in labels:
        term = _spelled(next(match for match in matches if match.label is label), text)
        raw = next((word for word in words if compact(term) in compact(word) and _is_single(word, vocabulary)), term)
        named.append(NamedIncident(incident=label, raw=raw.strip("()")))
    return tuple(named)


def _spelled(match: TermMatch[Incident], text: str) -> str:
    """The words of the text that a word of the vocabulary with a gap met; else that word itself."""
    return compact(text)[match.start : match.start + match.length] if GAP in match.term else match.term


def single_incident(text: str, vocabulary: Vocabulary) -> Incident | None:
    """The incident that a name stands for, None where the text names none."""
    found = find_incidents(text, vocabulary)
    return found[0].incident if found else None


def strip_other(text: str) -> str:
    """A checklist line without the form's "others (specify)" in front."""
    return _OTHER.sub("", normalize_value(text)).strip()


def is_other_line(text: str) -> bool:
    """Whether a line is the form's "others (specify)"."""
    return bool(_OTHER.match(normalize_value(text)))


def _is_single(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) <= 40 and len({match.label for match in vocabulary.incidents.find_all(word)}) == 1
