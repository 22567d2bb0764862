"""The sides of cells that tables leave out are added, and only for tables."""

from __future__ import annotations

from docmodel.geometry import BBox
from extractors.layout.completing import complete_rulings
from extractors.layout.pieces import Piece, split_piece
from extractors.layout.rulings import Orientation, horizontal
from extractors.layout.runs import find_runs


def piece(text: str, x: float, baseline: float, *, letter_pt: float = 6.0) -> Piece:
    """Text of letters that are all equally wide, a space as wide as half a letter."""
    xs, right = [], x
    for char in text:
        step = letter_pt / 2 if char == " " else letter_pt
        xs.append(right if char == " " else right + step / 2)
        right += step
    box = BBox(x, baseline - 10, right, baseline + 2)
    return Piece(text=text, bbox=box, baseline=baseline, size_pt=12, char_x=tuple(xs))


def added(rows: list[list[tuple[str, float]]], *, lines: int, left: float = 80) -> list[float]:
    """The x of the vertical sides that are added to lines 30 points apart with text between them."""
    segments = [horizontal(100 + 30 * number, left, 400) for number in range(lines)]
    pieces = [piece(text, x, 120 + 30 * number) for number, row in enumerate(rows) for text, x in row]
    extra = complete_rulings(segments, pieces)[len(segments) :]
    return sorted({segment.position for segment in extra if segment.orientation is Orientation.VERTICAL})


def test_gutter_is_found_between_columns() -> None:
    """The column's side is in the middle of the stretch without text; spaces in texts are no gutter."""
    rows = [[("ab cd", 86), ("ef", 200)], [("abcd ef", 86), ("ef gh", 200)], [("ab", 86), ("e", 200)]]
    left, inner, right = added(rows, lines=4)
    assert (left, right) == (80, 400)
    assert 86 + 6.5 * 6 < inner < 200


def test_lines_to_fill_in_are_left_alone() -> None:
    """Lines with a label right beside them are a form."""
    rows = [[("name", 54), ("(", 100), (")", 380)] for _ in range(4)]
    assert added(rows, lines=5) == []


def test_prose_between_lines_is_left_alone() -> None:
    """Text whose gaps do not stand under each other has no columns."""
    rows = [[("a" * (6 + 9 * number), 86), ("b" * 12, 150 + 54 * number)] for number in range(3)]
    assert added(rows, lines=4) == []


def test_wide_spaces_of_a_typewriter_are_spaces() -> None:
    """Where all spaces of a page are wide, a wide space does not part columns."""
    text = piece("ab cd ef", 50, 100, letter_pt=7.2)
    wide = Piece(
        text=text.text,
        bbox=BBox(50, 90, 50 + 8 * 7.2, 102),
        baseline=100,
        size_pt=12,
        char_x=tuple(50 + 7.2 * index + (0 if char == " " else 3.6) for index, char in enumerate(text.text)),
    )
    assert len(find_runs([wide])) == 1


def test_a_word_too_long_for_its_cell_is_not_cut() -> None:
    """A line through a word leaves it where most of it stands; words behind it go to the next cell."""
    long = piece("abcdefgh ij", 50, 100)
    (first, rest) = split_piece(long, (50 + 6.5 * 6,))
    assert (first.text.strip(), rest.text.strip()) == ("abcdefgh", "ij")
    assert [part.text for part in split_piece(piece("abcdefgh", 50, 100), (50 + 7 * 6,))] == ["abcdefgh"]


def test_texts_of_two_cells_are_cut_at_the_line() -> None:
    """Letters with room between them belong to two cells, even without a space."""
    both = Piece(text="ab12", bbox=BBox(50, 90, 80, 102), baseline=100, size_pt=12, char_x=(53, 59, 71, 77))
    assert [part.text for part in split_piece(both, (65,))] == ["ab", "12"]
