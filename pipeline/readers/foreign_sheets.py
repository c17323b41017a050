"""XLS, XLSB, ODS and unusual XLSX, read by calamine in a process of its own.

A broken workbook may make a parser of such formats crash or take all memory; then only that
process ends. It writes a line of JSON about the workbook, then lines of many rows each.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import orjson
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipeline.errors import InvalidInput, LeadEngineError, UnreadableFile
from pipeline.readers.cell_values import value_text
from pipeline.readers.sheet_choice import OpenSheet, SheetName, choose_sheet, read_table

MAX_MEMORY = 6 << 30
LINE_ROWS = 200
_CRASHED = (
    "The workbook is damaged, or its cells lie too far apart: open it in a spreadsheet, "
    "copy the table into a new workbook and save that."
)


@contextmanager
def open_foreign_sheet(path: Path, kind: str, wanted: str) -> Iterator[OpenSheet]:
    """Open the sheet called ``wanted``, else the first table.

    Raises:
        UnreadableFile: the workbook is damaged or protected, or holds no table.
        InvalidInput: it has no such sheet.
    """
    with TemporaryDirectory() as folder:
        # Calamine believes names, and tells what is wrong only with a file whose format it knows.
        named = Path(folder, f"book.{kind}")
        named.symlink_to(path.resolve())
        with _serving(named, wanted) as process:
            lines = _read_lines(process)
            first = next(lines)
            if "error" in first:
                known = UnreadableFile if first["kind"] == "UnreadableFile" else InvalidInput
                raise known(first["error"])
            names = [SheetName(**sheet) for sheet in first["sheets"]]
            yield OpenSheet(SheetName(**first["sheet"]), names, chain.from_iterable(lines))


@contextmanager
def _serving(path: Path, wanted: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", __name__, str(path), wanted]
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _read_lines(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    for line in process.stdout or ():
        yield orjson.loads(line)
    if process.wait() != 0:
        raise UnreadableFile(_CRASHED)


class _ForeignBook:
    def __init__(self, book: CalamineWorkbook) -> None:
        self._book = book

    @property
    def sheets(self) -> list[SheetName]:
        return [
            SheetName(one.name, one.name, one.visible != SheetVisibleEnum.Visible)
            for one in self._book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet
        ]

    def read_rows(self, sheet: SheetName) -> Iterator[list[str]]:
        for row in self._book.get_sheet_by_name(sheet.place).iter_rows():
            cells = [cell if type(cell) is str else value_text(cell) for cell in row]
            yield cells if any(cells) else []


def _serve(path: str, wanted: str, out: IO[bytes]) -> None:
    try:
        book = _ForeignBook(CalamineWorkbook.from_path(path))
        sheet = choose_sheet(book, wanted)
        rows = read_table(book, sheet)
        first = next(rows, [])
    except LeadEngineError as error:
        return _write(out, {"error": str(error), "kind": type(error).__name__})
    except CalamineError as error:
        text = f"The workbook is damaged or protected ({error}): open it in a spreadsheet, "
        return _write(
            out,
            {
                "error": text + "remove any password and save it as .xlsx.",
                "kind": UnreadableFile.__name__,
            },
        )
    _write(out, {"sheet": sheet._asdict(), "sheets": [one._asdict() for one in book.sheets]})
    rows = chain([first], rows)
    while lines := list(islice(rows, LINE_ROWS)):
        _write(out, lines)
    return None


def _write(out: IO[bytes], value: object) -> None:
    out.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - only Unix has it

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


if __name__ == "__main__":
    _bound_memory()
    _serve(sys.argv[1], sys.argv[2], sys.stdout.buffer)
