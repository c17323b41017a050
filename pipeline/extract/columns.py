"""Tables: what stands above a cell in its column, and beside it in its row."""

from selectolax.lexbor import LexborNode

_MAX_CLIMB = 5
_MAX_COLUMNS = 12
_MAX_ROWS = 60
_MAX_HEADING = 32


def find_cell(node: LexborNode) -> LexborNode | None:
    """Give the table cell an element stands in."""
    current: LexborNode | None = node
    for _ in range(_MAX_CLIMB):
        if current is None:
            return None
        if current.tag in {"td", "th"}:
            return current
        current = current.parent
    return None


def column_heading(node: LexborNode) -> str:
    """Give the heading of the table column an element stands in, or nothing."""
    cell = find_cell(node)
    row = cell.parent if cell is not None else None
    if cell is None or row is None or row.tag != "tr":
        return ""
    top = _first_row(row)
    if top is None or top.mem_id == row.mem_id:
        return ""
    heading = _cell_at(top, _place(cell))
    if heading is None or (heading.tag != "th" and not _is_heading_row(top)):
        return ""
    text = " ".join(heading.text(separator=" ").split())
    return text if len(text) <= _MAX_HEADING else ""


def cells_above(cell: LexborNode, rows: int) -> list[LexborNode]:
    """Give the cells of the same column in the rows above, the nearest first."""
    place = _place(cell)
    row = cell.parent
    found = []
    for _ in range(rows):
        row = _beside(row, "tr", forward=False) if row is not None else None
        if row is None:
            break
        above = _cell_at(row, place)
        if above is not None:
            found.append(above)
    return found


def _first_row(row: LexborNode) -> LexborNode | None:
    """Give the first row of a table, looking no further than a screenful."""
    section = row.parent
    if section is None:
        return None
    head = _beside(section, "thead", forward=False)
    first = (head or section).first_child
    for _ in range(_MAX_COLUMNS):
        if first is None or first.tag == "tr":
            return first
        first = first.next
    return None


def _is_heading_row(row: LexborNode) -> bool:
    cell = row.first_child
    for _ in range(2 * _MAX_COLUMNS):
        if cell is None:
            return True
        if cell.tag in {"td", "th"} and any(
            c.isdecimal() or c == "@" for c in cell.text()[:_MAX_ROWS]
        ):
            return False
        cell = cell.next
    return False


def _place(cell: LexborNode) -> int:
    place = 0
    before = cell.prev
    for _ in range(2 * _MAX_COLUMNS):
        if before is None:
            break
        place += before.tag in {"td", "th"}
        before = before.prev
    return place


def _cell_at(row: LexborNode, place: int) -> LexborNode | None:
    cell = row.first_child
    for _ in range(2 * _MAX_COLUMNS):
        if cell is None:
            return None
        if cell.tag in {"td", "th"}:
            if not place:
                return cell
            place -= 1
        cell = cell.next
    return None


def _beside(node: LexborNode, tag: str, *, forward: bool) -> LexborNode | None:
    current = node.next if forward else node.prev
    for _ in range(_MAX_CLIMB):
        if current is None or current.tag == tag:
            return current
        current = current.next if forward else current.prev
    return None
