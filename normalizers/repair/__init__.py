"""Damage to Thai text: found, weighed and repaired, with a ledger of every change."""

from normalizers.repair.assess import assess_text, doubtful_share, find_document_damage
from normalizers.repair.engine import repair_text
from normalizers.repair.model import (
    DamageKind,
    DocumentDamage,
    RepairResult,
    RepairStep,
    Route,
    TextHealth,
    replay_steps,
)
from normalizers.repair.ocr_marks import loses_marks, mend_ocr_text

__all__ = [
    "DamageKind",
    "DocumentDamage",
    "RepairResult",
    "RepairStep",
    "Route",
    "TextHealth",
    "assess_text",
    "doubtful_share",
    "find_document_damage",
    "loses_marks",
    "mend_ocr_text",
    "repair_text",
    "replay_steps",
]
