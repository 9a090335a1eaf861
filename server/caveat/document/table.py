"""Which cells of a table head which: rows, columns, and cells that take several of them."""

from __future__ import annotations

from dataclasses import dataclass

# A longer text is no head of a column or a row.
LONGEST_HEAD = 60
# Columns further to the right have no heads, and a row no more than so many.
_COLUMNS = 500
_MOST_HEADS = 20


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell: whether it is marked as a head, of what, and the block and the words that it begins with."""

    is_head: bool
    scope: str
    block: int | None = None
    text: str = ""

    @property
    def heads(self) -> bool:
        """Whether it is short enough to head anything."""
        return self.block is not None and len(self.text) <= LONGEST_HEAD


@dataclass(slots=True, eq=False)
class _Column:
    """A column: its first cell, the lowest one that is marked as its head, and the cell that reaches down to a row."""

    first: _Cell | None = None
    head: _Cell | None = None
    last: _Cell | None = None
    until: int = 0


class Table:
    """A table while its cells are read, in their order. Blocks are told by their number."""

    def __init__(self) -> None:
        self._row = -1
        self._column = 0
        self._columns: list[_Column] = []
        self._before: list[_Cell] = []  # the first cell of the row, and the heads of it that are marked
        self._cell: _Cell | None = None

    def begin_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0
        self._before = []

    def begin_cell(self, *, is_header: bool, columns: int, rows: int, scope: object) -> tuple[int, ...]:
        """Begin a cell that takes so many columns and rows; gives the blocks that head its row and its column."""
        if self._row < 0:
            self.begin_row()
        while self._column < len(self._columns) and self._columns[self._column].until > self._row:
            self._stands_before(self._columns[self._column].last)
            self._column += 1
        cell = self._cell = _Cell(is_header, str(scope) if scope else "")
        heads = [*self._row_heads(), *self._column_heads()]
        for column in range(self._column, min(self._column + columns, _COLUMNS)):
            if column == len(self._columns):
                self._columns.append(_Column())
            taken = self._columns[column]
            taken.first = taken.first or cell
            taken.last, taken.until = cell, self._row + rows
            if is_header and cell.scope != "row":
                taken.head = cell
        self._column += columns
        self._stands_before(cell)
        return tuple(dict.fromkeys(head.block for head in heads if head.heads and head.block is not None))

    def hold(self, block: int, text: str) -> None:
        """A block stands in the cell that was begun last."""
        if self._cell and self._cell.block is None:
            self._cell.block, self._cell.text = block, text

    def _stands_before(self, cell: _Cell | None) -> None:
        """Note a cell that stands in the row before those to come."""
        marked = cell and cell.is_head and cell.scope != "col"
        if cell and cell not in self._before and (not self._before or (marked and len(self._before) < _MOST_HEADS)):
            self._before.append(cell)

    def _row_heads(self) -> list[_Cell]:
        """The heads of the row: those that are marked so, else its first cell."""
        marked = [cell for cell in self._before if cell.is_head and cell.scope != "col"]
        return marked or self._before[:1]

    def _column_heads(self) -> list[_Cell]:
        """The head of the column: the lowest above that is marked so, else its first cell."""
        if self._column >= len(self._columns):
            return []
        column = self._columns[self._column]
        head = column.head or column.first
        return [head] if head else []
