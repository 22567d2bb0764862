"""Steps of continuity and recovery with their phase, from step tables and from lists where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from docmodel.blocks import TextBlock
from docmodel.outline import Section
from docmodel.vocabulary import Incident, Phase, TableKind
from normalizers.durations import HOURS_PER_DAY, HOURS_PER_MONTH, HOURS_PER_WEEK, parse_duration
from normalizers.markers import split_marker
from normalizers.marks import is_blank
from normalizers.tables import RowRole
from normalizers.text import normalize_value
from pipeline.datasets.rows import RecoveryStepRow
from pipeline.records.context import RecordContext, TablePlace
from pipeline.records.incident_names import find_incidents
from pipeline.records.items import Item, block_items, is_listed, is_unfilled_step, one_line, split_items
from pipeline.table_view import TableView
from pipeline.vocabulary import Vocabulary

# A phase is announced by a short line; a step may be long.
MAX_PHASE_CHARS = 120
MAX_LABEL_CHARS = 45
_LENGTHS = ("ระยะเวลา", "เวลา", "ใช้เวลา", "กำหนดเวลา")
_CASE_WORDS = ("กรณี", "เหตุ", "ภัย", "โรค")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What holds for the steps that follow: phase, the line that says it, and the incident."""

    phase: Phase | None = None
    phase_raw: str | None = None
    incident: Incident | None = None


def read_recovery_steps(context: RecordContext) -> tuple[RecoveryStepRow, ...]:
    """One row per step in reading order; lists in running text only where a section has no step table."""
    rows: list[RecoveryStepRow] = []
    with_table = {place.section.section_id for place in context.tables(TableKind.RECOVERY_STEPS)}
    for place in context.tables(TableKind.RECOVERY_STEPS):
        rows += _table_rows(context, place)
    for section in context.sections("2.7"):
        if section.section_id not in with_table:
            rows += _prose_rows(context, section)
    order = {section.section_id: section.order for section in context.mapped.outline.sections}
    return tuple(sorted(rows, key=lambda row: order.get(row.section_id or "", 0)))


def find_phase(text: str, vocabulary: Vocabulary, *, timed: bool = True) -> Phase | None:
    """The phase that a line names: by its words, else, where ``timed``, by the time it gives."""
    match = vocabulary.phases.find_all(text)
    if match:
        return match[0].label
    hours = parse_duration(text) if timed else None
    if hours is None:
        return None
    upper = hours.max_hours if hours.max_hours is not None else _onward(hours.min_hours)
    if upper > HOURS_PER_MONTH:
        return Phase.LONG_TERM
    if upper <= HOURS_PER_DAY:
        return Phase.IMMEDIATE
    return Phase.SHORT_TERM if upper <= HOURS_PER_WEEK else Phase.MEDIUM_TERM


def _onward(hours: float) -> float:
    """The end of what begins after so many hours: "more than 7 days" is the medium term, "over a month" the long."""
    return float("inf") if hours >= HOURS_PER_MONTH else max(hours, HOURS_PER_DAY) + HOURS_PER_DAY


def _setting_of(texts: Iterable[str], vocabulary: Vocabulary) -> _Setting:
    """What the lines around say, the nearest first; an incident above a phase still holds."""
    found = _Setting()
    for text in texts:
        line = one_line(text)
        if not line or len(line) > MAX_PHASE_CHARS:
            continue
        incident = _case_of(line, vocabulary)
        if found.incident is None and incident is not None:
            found = replace(found, incident=incident, phase_raw=found.phase_raw or line)
        if found.phase is None:
            # In the name of a case a time is part of the case: "กรณีไฟฟ้าดับเกิน 30 นาที".
            phase = find_phase(line, vocabulary, timed=incident is None)
            if phase is not None:
                found = replace(found, phase=phase, phase_raw=line)
    if found.phase is None and found.incident is not None:
        found = replace(found, phase=Phase.OTHER)
    return found


def _case_of(line: str, vocabulary: Vocabulary) -> Incident | None:
    """The incident that a heading makes the steps' own: "กรณีเกิดอุทกภัย"."""
    if not any(word in line for word in _CASE_WORDS):
        return None
    named = find_incidents(line, vocabulary)
    return named[0].incident if len(named) == 1 else None


def _table_rows(context: RecordContext, place: TablePlace) -> Iterator[RecoveryStepRow]:
    view, vocabulary = place.view, context.vocabulary
    setting = _setting_of(place.around, vocabulary)
    step = _step_column(view)
    if step is None:
        return
    responsible = view.column_of("responsible", "role", "main")
    phase_column = next((c for c in view.columns if "phase" in c.own and c.index != step), None)
    number = next((c for c in view.columns if "number" in c.own and c.index != step), None)
    how_long = phase_column is not None and _says_how_long(phase_column.head)
    due_raw = ""
    for row in view.body_rows:
        text = view.own_text(row, step)
        if view.roles[row] is RowRole.GROUP:
            named = _announced(view.row_text(row), setting, vocabulary)
            if named is not None:
                setting, due_raw = named, ""
                continue
        if is_blank(text) or is_unfilled_step(text) or _is_note(view, row):
            continue
        here = setting
        if phase_column is not None:
            due_raw = view.text(row, phase_column.index) or due_raw  # a blank repeats what stands above
            due = find_phase(due_raw, vocabulary) if due_raw else None
            if due is not None and (here.phase in (None, Phase.OTHER) or not how_long):
                here = replace(here, phase=due, phase_raw=one_line(due_raw))
        owner = view.text(row, responsible.index) if responsible and responsible.index != step else ""
        number_text = view.own_text(row, number.index) if number else ""
        for item in split_steps(text):
            yield RecoveryStepRow(
                **context.cell_place(place, view.cell(row, step)),
                phase=here.phase,
                phase_raw=here.phase_raw,
                incident=here.incident,
                step_no=item.number or normalize_value(number_text).strip(".() ") or None,
                text=normalize_value(item.text),
                responsible=None if is_blank(owner) else normalize_value(owner),
            )


def _says_how_long(head: str) -> bool:
    """Whether a column of times says how long each step may take rather than when it is due."""
    return one_line(head).startswith(_LENGTHS)


def split_steps(text: str) -> tuple[Item, ...]:
    """The steps of a cell: one per marked line of the highest kind, what hangs under it kept with it; a label over
    marked lines ("ด้านบุคลากร") is no step."""
    items = split_items(text)
    if len(items) > 2 and items[0].marker is None and len(items[0].text) <= MAX_LABEL_CHARS:
        return items[1:]
    if items and all(item.marker is None for item in items):
        return (Item(marker=None, text=one_line(text)),)
    return items


def _announced(text: str, setting: _Setting, vocabulary: Vocabulary) -> _Setting | None:
    """The setting after a row that announces a phase or an incident; None for a row that is a step."""
    line = one_line(text)
    if len(line) > MAX_PHASE_CHARS:
        return setting  # a note over the whole width
    phase, incident = find_phase(line, vocabulary), _case_of(line, vocabulary)
    if phase is None and incident is None:
        return None if split_marker(line)[0] else setting
    if phase is None:
        return _Setting(phase=setting.phase or Phase.OTHER, phase_raw=line, incident=incident)
    return replace(setting, phase=phase, phase_raw=line, incident=incident or setting.incident)


def _is_note(view: TableView, row: int) -> bool:
    """A long text over the whole width of the table is a note to all steps."""
    cell = view.cell(row, 0)
    return cell is not None and view.table.n_cols > 1 and cell.col_span >= view.table.n_cols


def _step_column(view: TableView) -> int | None:
    named = [column.index for column in view.columns if "step" in column.own]
    others = [c.index for c in view.columns if not c.own & {"responsible", "done", "number", "role", "phase"}]
    candidates = named or others
    if not candidates:
        return None
    return max(candidates, key=lambda col: sum(len(view.own_text(row, col)) for row in view.body_rows))


def _prose_rows(context: RecordContext, section: Section) -> Iterator[RecoveryStepRow]:
    vocabulary = context.vocabulary
    setting = _setting_of(context.headings(section), vocabulary)
    for block in section.text_blocks():
        for item in block_items(block):
            line = one_line(item.text)
            when, rest = cut_time(line, vocabulary, listed=is_listed(block) or item.marker is not None)
            if rest is not None:
                setting = replace(setting, phase=find_phase(when, vocabulary), phase_raw=when)
                yield _prose_step(context, section, block, Item(marker=item.marker, text=rest), setting)
                continue
            named = find_phase(line, vocabulary) if len(line) <= MAX_PHASE_CHARS else None
            listed = is_listed(block) or item.marker is not None
            if named is not None and listed and _somebody_does(line, vocabulary):
                yield _prose_step(context, section, block, item, replace(setting, phase=named))
                continue
            if named is not None and _is_title(block, line, vocabulary):
                setting = replace(setting, phase=named, phase_raw=line)
                continue
            if not (is_listed(block) or item.marker) or is_unfilled_step(line) or len(line) < 8:
                continue
            if line.endswith((":", "ดังนี้", "ดังต่อไปนี้")):
                continue
            yield _prose_step(context, section, block, item, setting)


def _prose_step(
    context: RecordContext, section: Section, block: TextBlock, item: Item, setting: _Setting
) -> RecoveryStepRow:
    text, owner = _split_owner(one_line(item.text), context.vocabulary)
    return RecoveryStepRow(
        **context.block_place(section, block),
        phase=setting.phase,
        phase_raw=setting.phase_raw,
        incident=setting.incident,
        step_no=item.number,
        text=normalize_value(text),
        responsible=normalize_value(owner) if owner else None,
    )


def _somebody_does(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line says who does what by when ("กองช่างสำรวจความเสียหายภายใน 1 วัน"): a step, for all its time."""
    words = split_marker(line)[1]
    actor = words.startswith((*vocabulary.call_actors, *vocabulary.agency_starts))
    return actor and any(verb in words[3:] for verb in (*_ACTION_WORDS, "เปิด", "ซ่อม", "ส่ง", "สั่ง"))


def _is_title(block: TextBlock, line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line that names a phase announces it: it names nothing to do, or looks like a heading."""
    if block.style.bold:
        return True
    if len(line) > MAX_TITLE_CHARS or line.startswith(_ACTION_WORDS):
        return False
    return not (is_listed(block) and line.startswith(vocabulary.measure_verbs))


def cut_time(line: str, vocabulary: Vocabulary, *, listed: bool) -> tuple[str, str | None]:
    """The time in front of a step and the step behind it ("ภายใน 24 ชั่วโมง: ฝ่ายช่างตรวจ…", "วันที่ 2-7 กองคลังจ่าย…").

    The step is None where nothing to do follows: after a colon anything is a step, after a space what begins with an
    actor, and in a list whatever does not go on with the time.
    """
    if _TIME_FRONT.match(line) is None:
        return line, None
    for match in _TIME_END.finditer(line[:MAX_TIME_CHARS]):
        when, rest = line[: match.start()].strip(), line[match.end() :].strip()
        begins = rest.startswith(vocabulary.call_actors) or rest.startswith(vocabulary.agency_starts)
        if len(rest) < MIN_STEP_CHARS or parse_duration(when) is None:
            continue
        goes_on = (
            len(rest) < MIN_LISTED_CHARS
            or rest[0].isdigit()
            or rest.startswith(_TIME_GOES_ON)
            or find_phase(rest, vocabulary) is not None
        )
        if match[0].strip() or begins or (listed and not goes_on):
            return when, rest
    return line, None


_ACTION_WORDS = ("แจ้ง", "รายงาน", "ประสาน", "จัด", "ติดต่อ", "ตรวจ", "ประเมิน", "ดำเนินการ", "สำรวจ", "ย้าย", "เคลื่อนย้าย")
# What a time begins with where it opens a line.
_TIME_FRONT = re.compile(r"(?:ภายใน|ใน|วันที่|วันแรก|สัปดาห์แรก|หลัง|เกิน|มากกว่า|ตั้งแต่|ช่วง|ระยะ|\d)")
_TIME_END = re.compile(r"\s*[:：]\s*|\s[-–—]\s|\s+")
MAX_TIME_CHARS = 60
MAX_TITLE_CHARS = 90
MIN_STEP_CHARS = 8
MIN_LISTED_CHARS = 16
_TIME_GOES_ON = ("(", "ระยะ", "การ", "เป็นต้นไป", "ขึ้นไป", "ถึง", "แรก", "หลัง", "นับ", "ของ", "และ", "หรือ", "-")
# Who does a step, in brackets at its end: "ย้ายที่ทำการ (สำนักปลัด)".
_OWNER_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)\s*$")
_OWNER_WORDS = ("ผู้รับผิดชอบ", "(ผู้รับผิดชอบ", "รับผิดชอบโดย", "โดยผู้รับผิดชอบ")


def _split_owner(line: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """A step and who is said to be responsible at its end."""
    for word in _OWNER_WORDS:
        at = line.rfind(word)
        if at > 0:
            owner = line[at + len(word) :]
            if line[:at].rstrip().endswith("(") or word.startswith("("):
                owner = owner.partition(")")[0]  # what stands behind the bracket is another paragraph's
            owner = owner.strip(" :：-–()")
            if owner:
                return line[:at].strip(" (,-–"), owner
    inside = _OWNER_IN_BRACKETS.search(line)
    actors = (*vocabulary.agency_starts, *vocabulary.post_starts, *vocabulary.call_actors)
    if inside is not None and inside[1].strip().startswith(actors):
        return line[: inside.start()].strip(), inside[1].strip()
    return line, None
