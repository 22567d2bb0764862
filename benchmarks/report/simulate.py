"""Datasets of as many invented plans as wanted, written like those of a run."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from docmodel.issue import Severity
from docmodel.provenance import TextSource
from docmodel.vocabulary import (
    AgencyType,
    Cause,
    Declared,
    Dimension,
    DocumentClass,
    DocumentStatus,
    ElementLevel,
    ElementStatus,
    Incident,
    IncidentSource,
    Phase,
    Role,
    Slot,
    StatementKind,
    TableKind,
    Urgency,
)
from pipeline.datasets.arrow import rows_to_table
from pipeline.datasets.columns import Row
from pipeline.datasets.rows import (
    DATASETS,
    BiaProcessRow,
    CallTreeRow,
    ComponentRow,
    DocumentRow,
    Evidence,
    FindingRow,
    ImpactRow,
    IncidentRow,
    Nearest,
    PageRow,
    RecoveryStepRow,
    ResourceRequirementRow,
    SectionRow,
    StatementRow,
    StrategyRow,
    TableRow,
    TeamMemberRow,
)
from pipeline.datasets.writer import DatasetWriter
from pipeline.schema import Schema, load_schema

SCHEMA = "opdc-2563"
TEMPLATES = 40
"""Different plans that the others are copies of, each with an agency of its own."""
PAGES = 12
_PLANS_AT_ONCE = 250
_KINDS = {
    AgencyType.LOCAL_GOVERNMENT: "องค์การบริหารส่วนตำบลทดสอบ",
    AgencyType.SCHOOL: "โรงเรียนสมมุติวิทยา",
    AgencyType.HOSPITAL: "โรงพยาบาลตัวอย่าง",
    AgencyType.PROVINCIAL_OFFICE: "สำนักงานสมมุติจังหวัด",
    AgencyType.DEPARTMENT: "กรมทดลองระบบ",
}
_WEIGHTS = (70, 12, 8, 7, 3)
_PROVINCES = tuple(f"จังหวัดสมมุติที่ {number}" for number in range(1, 77))
_SENTENCE = "หน่วยงานกำหนดแนวทางปฏิบัติเพื่อให้บริการประชาชนได้อย่างต่อเนื่องเมื่อเกิดสภาวะวิกฤต "
_PROCESSES = ("งานรับชำระภาษี", "งานทะเบียนราษฎร", "งานสาธารณสุข", "งานการเงินและบัญชี", "งานบรรเทาสาธารณภัย")


def simulate(folder: Path, plans: int, *, failed: int = 0, seed: int = 7) -> None:
    """Write datasets of invented plans and of some files that could not be read."""
    chance = random.Random(seed)
    schema = load_schema(SCHEMA)
    templates = [_template(schema, chance) for _ in range(min(TEMPLATES, plans))]
    with DatasetWriter(folder, {"pipeline_version": "0", "schema_id": SCHEMA}) as writer:
        for start in range(0, plans, _PLANS_AT_ONCE):
            waiting: dict[str, list[pa.Table]] = {name: [] for name in DATASETS}
            for number in range(start, min(start + _PLANS_AT_ONCE, plans)):
                document = build_document(number, chance)
                waiting["documents"].append(rows_to_table("documents", [document]))
                for name, table in templates[number % len(templates)].items():
                    ids = pa.array([document.document_id] * table.num_rows, type=pa.string())
                    at = table.schema.get_field_index("document_id")
                    waiting[name].append(table.set_column(at, table.schema.field(at), ids))
            writer.append({name: pa.concat_tables(tables) for name, tables in waiting.items() if tables})
        for number in range(failed):
            writer.append({"documents": rows_to_table("documents", [_failed(number)])})
        writer.commit({"dataset_version": "1", "finished_at": "2026-01-01T00:00:00+00:00"})


def write_rows(folder: Path, rows: Sequence[Row]) -> None:
    """Write a few rows of any kind as every dataset."""
    by_dataset: dict[str, list[Row]] = {name: [] for name in DATASETS}
    names = {row_class: name for name, row_class in DATASETS.items()}
    for row in rows:
        by_dataset[names[type(row)]].append(row)
    with DatasetWriter(folder, {"pipeline_version": "0", "schema_id": SCHEMA}) as writer:
        writer.append({name: rows_to_table(name, entries) for name, entries in by_dataset.items()})
        writer.commit({"dataset_version": "1"})


def build_document(number: int, chance: random.Random) -> DocumentRow:
    """The document of an invented plan."""
    kind = chance.choices(tuple(_KINDS), weights=_WEIGHTS)[0]
    digest = hashlib.sha256(f"plan {number}".encode()).hexdigest()
    return DocumentRow(
        document_id=digest[:16],
        source_path=f"รอบที่ 1/แผน-{number:05d}.pdf",
        media_type="application/pdf",
        size_bytes=chance.randrange(100_000, 5_000_000),
        sha256=digest,
        status=DocumentStatus.OK,
        document_class=DocumentClass.BCP_PLAN,
        class_confidence=0.95,
        agency_name=f"{_KINDS[kind]} {number:05d}",
        agency_type=kind,
        province=chance.choice(_PROVINCES),
        title="แผนดำเนินธุรกิจอย่างต่อเนื่อง",
        plan_year_be=chance.choice((2563, 2565, 2566, 2567, 2567, 2568)),
        plan_date=date(2024, 3, 1),
        submission_id=digest[16:32],
        page_count=PAGES,
        ocr_page_count=0,
        char_count=20_000,
        text_quality=round(chance.uniform(0.7, 1.0), 3),
        schema_id=SCHEMA,
        pipeline_version="0",
        processed_at=datetime(2026, 1, 1, tzinfo=UTC),
        seconds=3.2,
    )


def build_components(document_id: str, schema: Schema, chance: random.Random) -> list[ComponentRow]:
    """A verdict for every element of the schema; a component's follows from its parts."""
    rows = []
    choices = (ElementStatus.PRESENT, ElementStatus.PARTIAL, ElementStatus.MISSING, ElementStatus.UNREADABLE)
    for element in schema.elements:
        status = chance.choices(choices, weights=(80, 8, 10, 2))[0]
        page = chance.randrange(1, PAGES + 1)
        there = status in (ElementStatus.PRESENT, ElementStatus.PARTIAL)
        evidence = [Evidence(page_no=page, bbox=[72.0, 100.0, 400.0, 130.0], text=_SENTENCE.strip(), section_id="s002")]
        rows.append(
            ComponentRow(
                document_id=document_id,
                element_id=element.element_id,
                parent_id=element.parent_id,
                level=element.level,
                title_th=element.title_th,
                required=element.required,
                status=status,
                missing=status is ElementStatus.MISSING,
                confidence=round(chance.uniform(0.5, 1.0), 3),
                method="records",
                cause=None if status is ElementStatus.PRESENT else Cause.ABSENT,
                reason_code="found" if there else "absent",
                reason_th=f"{'พบ' if there else 'ไม่พบ'}{element.title_th}ในแผน",
                evidence=evidence * 3 if there else [],
                nearest=None if there else Nearest(text=_SENTENCE.strip(), page_no=page, score=0.4),
                pages_unreadable=[],
                record_count=3 if there else 0,
                declared=Declared.YES if element.level is ElementLevel.COMPONENT else None,
                discrepancy=element.level is ElementLevel.COMPONENT and status is ElementStatus.MISSING,
                status_extracted=status,
            )
        )
    return rows


def _template(schema: Schema, chance: random.Random) -> dict[str, pa.Table]:
    key = "0" * 16
    place = {
        "document_id": key,
        "page_no": 3,
        "bbox": [72.0, 100.0, 400.0, 130.0],
        "section_id": "s002",
        "confidence": 0.9,
    }
    rows: dict[str, list[Row]] = {
        "components": list(build_components(key, schema, chance)),
        "pages": [
            PageRow(
                document_id=key,
                page_no=page,
                text=_SENTENCE * 18,
                text_source=TextSource.TEXT_LAYER,
                quality=1.0,
                width_pt=595.3,
                height_pt=841.9,
                rotation=0,
            )
            for page in range(1, PAGES + 1)
        ],
        "sections": [
            SectionRow(
                document_id=key,
                section_id=f"s{order:03d}",
                order=order,
                level=2,
                page_no=order % PAGES + 1,
                heading=f"หัวข้อที่ {order}",
                heading_raw=f"หัวข้อที่ {order}",
                text=_SENTENCE * 4,
                element_id="2.1.scope",
                match_score=0.9,
            )
            for order in range(1, 25)
        ],
        "tables": [
            TableRow(document_id=key, table_id=f"t{n:03d}", kind=TableKind.OTHER, n_rows=5, n_cols=4, header_rows=1)
            for n in range(9)
        ],
        "statements": [StatementRow(**place, kind=StatementKind.OBJECTIVE, text=_SENTENCE) for _ in range(9)],
        "incidents": [
            IncidentRow(**place, incident=incident, source=IncidentSource.SCOPE)
            for incident in chance.sample(tuple(Incident), 6)
        ],
        "impacts": [
            ImpactRow(**place, incident=incident, dimension=dimension, affected=chance.random() < 0.7)
            for incident in (Incident.FLOOD, Incident.FIRE, Incident.PANDEMIC)
            for dimension in Dimension
        ],
        "team_members": [
            TeamMemberRow(
                **place,
                pair_no=number // 2,
                slot=Slot.MAIN if number % 2 == 0 else Slot.BACKUP,
                person_name=f"นายสมมุติ ทดสอบ{'กขคงจฉชซ'[number]}",
                role=Role.MEMBER,
                phone_raw=f"080-000-00{number:02d}",
                phones=[f"08000000{number:02d}"],
            )
            for number in range(8)
        ],
        "strategies": [StrategyRow(**place, dimension=dimension, text=_SENTENCE) for dimension in Dimension],
        "bia_processes": [
            BiaProcessRow(**place, process_name=name, urgency=chance.choice(tuple(Urgency)), rto_max_hours=hours)
            for name, hours in zip(_PROCESSES, chance.choices((4.0, 24.0, 168.0, 720.0, None), k=5), strict=True)
        ],
        "resource_requirements": [
            ResourceRequirementRow(
                **place,
                dimension=dimension,
                resource_raw=f"ทรัพยากรที่ {number}",
                bucket_raw=bucket,
                bucket_hours=hours,
                quantity=float(number),
                unit="เครื่อง",
            )
            for dimension in Dimension
            for number in range(1, 3)
            for bucket, hours in (("4 ชั่วโมง", 4.0), ("1 วัน", 24.0), ("1 สัปดาห์", 168.0))
        ],
        "recovery_steps": [RecoveryStepRow(**place, phase=Phase.IMMEDIATE, text=_SENTENCE) for _ in range(8)],
        "call_tree": [CallTreeRow(**place, caller="หัวหน้า", callee="ทีมงาน", text=_SENTENCE) for _ in range(4)],
        "findings": [
            FindingRow(
                **place,
                code="incident_outside_scope",
                severity=Severity.WARNING,
                element_id="2.1.scope",
                message_th="ตารางผลกระทบมีเหตุการณ์ที่ขอบเขตไม่มี",
                message_en="The impact matrix has an incident that the scope does not have",
                evidence_text="อุทกภัย | แผ่นดินไหว",
            )
        ],
    }
    return {name: rows_to_table(name, entries) for name, entries in rows.items()}


def _failed(number: int) -> DocumentRow:
    digest = hashlib.sha256(f"failed {number}".encode()).hexdigest()
    return DocumentRow(
        document_id=digest[:16],
        source_path=f"รอบที่ 1/เสีย-{number:03d}.pdf",
        sha256=digest,
        status=DocumentStatus.FAILED,
        error_code="pdf_encrypted",
        error_message="ไฟล์ตั้งรหัสผ่านไว้ กรุณาขอไฟล์ที่ไม่ตั้งรหัสผ่าน | A password protects the file; ask for one without.",
    )
