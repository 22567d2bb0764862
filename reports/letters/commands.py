"""``bcp letters``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from docmodel.errors import ConfigError, ExitCode
from pipeline.cli.console import guarded, output_console
from pipeline.cli.extract import DEFAULT_INPUT, DEFAULT_OUTPUT

FOLDER_NAME = "letters"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("letters", help="Make one official letter per agency. | สร้างหนังสือแจ้งผลรายหน่วยงาน")(
        guarded(make_letters)
    )


def make_letters(
    processed: Annotated[Path, typer.Argument(metavar="[DATASETS]", help="Folder with the datasets.")] = DEFAULT_OUTPUT,
    *,
    input_path: Annotated[
        Path, typer.Option("--input", "-i", help="Folder with the plans; only for its register agencies.csv.")
    ] = DEFAULT_INPUT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=f"Folder of the letters; DATASETS/{FOLDER_NAME} by default.")
    ] = None,
    template: Annotated[Path | None, typer.Option(help="Template edited in Word; the built-in one by default.")] = None,
    number: Annotated[str | None, typer.Option(help="Number of the letter (ที่).")] = None,
    letter_date: Annotated[str | None, typer.Option("--date", help="Date of the letter, as 31/5/2569.")] = None,
    deadline: Annotated[str | None, typer.Option(help="By when to revise, as 31/5/2569.")] = None,
    signatory: Annotated[str | None, typer.Option(help="Name under the letter.")] = None,
    position: Annotated[str | None, typer.Option(help="Post under the name.")] = None,
    office: Annotated[str | None, typer.Option(help="Sending office.")] = None,
    address: Annotated[str | None, typer.Option(help="Address of the sending office.")] = None,
    division: Annotated[str | None, typer.Option(help="Division in charge (ส่วนราชการเจ้าของเรื่อง).")] = None,
    contact: Annotated[str | None, typer.Option(help="Telephone or e-mail of the division.")] = None,
    reference: Annotated[str | None, typer.Option(help="Letter referred to (อ้างถึง).")] = None,
    thai_numerals: Annotated[bool, typer.Option("--thai-numerals", help="Write numbers in Thai numerals.")] = False,
    with_personal_data: Annotated[
        bool, typer.Option("--with-personal-data", help="Show names and telephone numbers in quoted words.")
    ] = False,
) -> ExitCode:
    """Write the letters and say how many of which kind."""
    from reports.letters.build import LettersRequest, build_letters  # noqa: PLC0415  # heavy imports wait until needed
    from reports.letters.form import Form  # noqa: PLC0415
    from reports.letters.mail import MOOD_WORDS  # noqa: PLC0415
    from reports.masked_rows import people_words  # noqa: PLC0415
    from reports.progress import shown_progress  # noqa: PLC0415
    from reports.register_file import find_register  # noqa: PLC0415

    given = {
        "number": number,
        "signatory": signatory,
        "position": position,
        "office": office,
        "address": address,
        "division": division,
        "contact": contact,
        "reference": reference,
    }
    request = LettersRequest(
        processed=processed,
        output=output or processed / FOLDER_NAME,
        template=template,
        form=Form(
            **{name: value for name, value in given.items() if value},
            written_on=_day("--date", letter_date),
            deadline=_day("--deadline", deadline),
            thai_numerals=thai_numerals,
        ),
        register=find_register(input_path),
        today=date.today(),
        with_personal_data=with_personal_data,
    )
    with shown_progress("สร้างหนังสือ letters") as on_progress:
        result = build_letters(request, on_progress)
    kinds = ", ".join(f"{MOOD_WORDS[mood]} {count}" for mood, count in result.moods.items() if count)
    output_console().print(
        escape(
            f"{result.letters} หนังสือ letters ({kinds}), {result.gaps} รายการให้ปรับปรุง gaps, "
            f"{result.checks} รายการให้ตรวจสอบ to be checked, {result.without} ไม่มีหนังสือ without a letter, "
            f"{result.seconds:.1f} s → {result.folder}\n{people_words(with_personal_data=with_personal_data)}"
        )
    )
    return ExitCode.OK


def _day(option: str, text: str | None) -> date | None:
    from reports.days import parse_day  # noqa: PLC0415

    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise ConfigError(
            "date_not_understood",
            th=f"วันที่ของ {option} อ่านไม่ได้ กรุณาเขียนเช่น 31/5/2569 หรือ 2026-05-31",
            en=f"The date of {option} is not understood; write it as 31/5/2569 or 2026-05-31.",
        )
    return day
