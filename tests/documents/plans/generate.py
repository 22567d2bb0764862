"""Make the sample plans of ``data/raw/`` and their truth: ``python -m tests.documents.plans.generate``.

Needs LibreOffice and the fonts of Debian's ``fonts-thai-tlwg``. All agencies, people and numbers are invented.
"""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.documents.plans import department, hospital, municipality, others, provincial_office, school_template
from tests.documents.plans.kit import PlanWriter, print_to_pdf, scan
from tests.documents.plans.truth import Truth

HERE = Path(__file__).parent
RAW = HERE.parents[2] / "data" / "raw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample document and the files it is sent as."""

    name: str
    write: Callable[[PlanWriter], None]
    truth: Truth
    docx: str | None = None
    pdf: str | None = None
    scan: str | None = None
    word_headings: bool = True

    @property
    def files(self) -> list[str]:
        """Names of the files in ``data/raw/``."""
        return [name for name in (self.docx, self.pdf, self.scan) if name]


SAMPLES = (
    Sample(
        name="municipality",
        write=municipality.write,
        truth=municipality.TRUTH,
        docx="01-เทศบาลตำบลบ้านฝายดาว-BCP-2567.docx",
        pdf="01-เทศบาลตำบลบ้านฝายดาว-BCP-2567.pdf",
    ),
    Sample(
        name="department",
        write=department.write,
        truth=department.TRUTH,
        pdf="02-กรมส่งเสริมหนังสือเดินทางไกล.pdf",
        word_headings=False,
    ),
    Sample(
        name="hospital",
        write=hospital.write,
        truth=hospital.TRUTH,
        docx="03-รพ-ทุ่งดอกคูณ-แผนประคองกิจการ.docx",
        pdf="03-รพ-ทุ่งดอกคูณ-แผนประคองกิจการ.pdf",
        word_headings=False,
    ),
    Sample(
        name="school_template",
        write=school_template.write,
        truth=school_template.TRUTH,
        docx="04-แบบฟอร์ม-โรงเรียนบ้านสวนลำดวน.docx",
        word_headings=False,
    ),
    Sample(
        name="provincial_office",
        write=provincial_office.write,
        truth=provincial_office.TRUTH,
        scan="05-สแกน-ทะเบียนนิทานลำพูน.pdf",
        word_headings=False,
    ),
    Sample(
        name="letter",
        write=others.write_letter,
        truth=others.LETTER_TRUTH,
        docx="06-หนังสือนำส่งแผน.docx",
        word_headings=False,
    ),
    Sample(
        name="fire_plan",
        write=others.write_fire_plan,
        truth=others.FIRE_TRUTH,
        pdf="07-แผนป้องกันและระงับอัคคีภัย.pdf",
    ),
)


def write_sample(sample: Sample, folder: Path) -> None:
    """Write the files of one sample into a folder."""
    plan = PlanWriter(word_headings=sample.word_headings)
    sample.write(plan)
    with tempfile.TemporaryDirectory() as scratch:
        docx_path, pdf_path = Path(scratch) / "plan.docx", Path(scratch) / "plan.pdf"
        plan.save(docx_path)
        if sample.docx:
            (folder / sample.docx).write_bytes(docx_path.read_bytes())
        if sample.pdf or sample.scan:
            print_to_pdf(docx_path, pdf_path)
        if sample.pdf:
            (folder / sample.pdf).write_bytes(pdf_path.read_bytes())
        if sample.scan:
            scan(pdf_path, folder / sample.scan)


def write_truth(sample: Sample) -> None:
    """Write what is true of one sample beside the generator."""
    truth = {"files": sample.files, **dataclasses.asdict(sample.truth)}
    path = HERE / "truth" / f"{sample.name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write all samples and their truth."""
    RAW.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        write_sample(sample, RAW)
        write_truth(sample)
        print(f"{sample.name}: {', '.join(sample.files)}")


if __name__ == "__main__":
    main()
