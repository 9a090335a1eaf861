"""Which cells of a table head which: rows, columns, and cells that take several of them."""

from __future__ import annotations

# A longer text is no head of a column or a row.
LONGEST_HEAD = 60


class Table:
    """A table while its cells are read, in their order. Blocks are told by their number."""

    def __init__(self) -> None:
        self._row = -1
        self._column = 0
        self._taken: dict[tuple[int, int], int] = {}  # place -> cell
        self._first: dict[int, tuple[int, str]] = {}  # cell -> its first block, and its words
        self._is_head: dict[int, bool] = {}
        self._heads: dict[int, str | None] = {}  # cell -> its scope
        self._cells = 0

    def begin_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0

    def begin_cell(self, *, is_header: bool, columns: int, rows: int, scope: object) -> tuple[int, ...]:
        """Begin a cell that takes so many columns and rows; gives the blocks that head its row and its column."""
        if self._row < 0:
            self.begin_row()
        while (self._row, self._column) in self._taken:
            self._column += 1
        row, column, cell = self._row, self._column, self._cells
        self._cells += 1
        self._is_head[cell] = is_header
        self._heads[cell] = str(scope) if scope else None
        for down in range(rows):
            for across in range(columns):
                self._taken[row + down, column + across] = cell
        self._column += columns
        found = [*self._row_heads(row, column), *self._column_heads(row, column)]
        return tuple(dict.fromkeys(self._first[head][0] for head in found if head in self._first and head != cell))

    def hold(self, block: int, text: str) -> None:
        """A block stands in the cell that was begun last."""
        if self._cells:
            self._first.setdefault(self._cells - 1, (block, text))

    def _row_heads(self, row: int, column: int) -> list[int]:
        """The heads of a row: those that are marked so, else its first cell."""
        before = [self._taken[row, at] for at in range(column) if (row, at) in self._taken]
        marked = [cell for cell in before if self._is_head[cell] and self._heads[cell] != "col"]
        heads = marked or before[:1]
        return [cell for cell in heads if self._is_short(cell)]

    def _column_heads(self, row: int, column: int) -> list[int]:
        """The heads of a column: the lowest above that is marked so, else the cell of the first row."""
        above = [self._taken[at, column] for at in range(row) if (at, column) in self._taken]
        marked = [cell for cell in above if self._is_head[cell] and self._heads[cell] != "row"]
        heads = marked[-1:] or above[:1]
        return [cell for cell in heads if self._is_short(cell)]

    def _is_short(self, cell: int) -> bool:
        return cell in self._first and len(self._first[cell][1]) <= LONGEST_HEAD
