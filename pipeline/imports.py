"""Files in: spooled safely, cut into batches, read batch by batch."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import InvalidInput
from pipeline.fixes import FixTable, check_fixes
from pipeline.ingest import write_records
from pipeline.mappings.choosing import choose_mapping, remember_mapping, require_named
from pipeline.normalize.text import normalize_text
from pipeline.prepare import Reading, prepare_rows
from pipeline.readers.delimited import RowRange, Split
from pipeline.readers.files import FilePlan, prepare_file, read_batch
from pipeline.readers.mapping import read_kind
from pipeline.rules import check_rules
from pipeline.runs.models import Batch, Run
from pipeline.runs.service import SEQ_STEP, request_run
from pipeline.settings import Settings
from pipeline.steps import Commit, Work

SOURCE = "file"
DEFAULT_LABEL = "CSV import"
MAX_NAME = 200
STALE_SECONDS = 3_600
CHOICE_NAMES = ("plan", "saved_mapping", "columns", "reading", "rules", "fixes")
"""What a run's parameters may hold of :class:`ImportChoices`."""


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file that is safely on disk."""

    path: Path
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person may choose for an import; what is left out is guessed or the default.

    ``plan`` asks only what would happen. ``columns`` names the kind of some columns (see
    :data:`pipeline.readers.mapping.KINDS`), ``mapping`` a saved mapping. ``reading`` overrules what
    the file seems to be: ``encoding``, ``delimiter``, ``quotechar``, ``header_row``, ``sheet``.
    ``rules`` says per field whether the file's value may replace a lead's: ``fill`` only a blank,
    ``overwrite`` (the default), ``never``. ``fixes`` are ``(field, value, replacement)``.
    """

    plan: bool = False
    mapping: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    reading: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    fixes: Sequence[tuple[str, str, str]] = ()

    def to_json(self) -> dict[str, Any]:
        """Give what was chosen as plain values, kept with the run."""
        given = asdict(self)
        # A run's "mapping" is the one its file is read by.
        given["saved_mapping"] = given.pop("mapping")
        given["fixes"] = [list(fix) for fix in self.fixes]
        return {name: value for name, value in given.items() if value}


class Spool:
    """An upload on its way to disk. Nothing stays behind unless :meth:`finish` was called."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._part = folder / f"{secrets.token_hex(12)}.part"
        self._file = self._part.open("xb")
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._max_bytes = max_bytes

    def write(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            InvalidInput: the file is larger than ``LEADS_MAX_UPLOAD_BYTES``.
        """
        self._bytes += len(chunk)
        if self._bytes > self._max_bytes:
            raise InvalidInput(f"The file is larger than {self._max_bytes:,} bytes; split it.")
        self._hash.update(chunk)
        self._file.write(chunk)

    def finish(self) -> SpooledFile:
        """Make the file durable and give it its final name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        path = self._part.with_suffix(".file")
        self._part.rename(path)
        _sync_folder(path.parent)
        return SpooledFile(path, self._hash.hexdigest(), self._bytes)

    def discard(self) -> None:
        """Close and delete what is unfinished; harmless after :meth:`finish`."""
        self._file.close()
        self._part.unlink(missing_ok=True)


@contextmanager
def open_spool(settings: Settings) -> Iterator[Spool]:
    """Open a place for an upload; what is not finished is gone afterwards."""
    spool = Spool(settings.spool, settings.max_upload_bytes)
    try:
        yield spool
    finally:
        spool.discard()


def request_import(
    db: Session,
    spooled: SpooledFile,
    *,
    file_name: str,
    settings: Settings,
    source: str = "",
    region: str = "",
    request_key: str | None = None,
    choices: ImportChoices | None = None,
) -> Run:
    """Write down that a spooled file shall be imported.

    ``source`` is the label of leads whose row names none; ``region`` the country of phones
    without one. The same ``request_key`` again gives the earlier run.

    Raises:
        NotFound: a saved mapping was chosen that is none.
        InvalidInput: a kind of column, a rule or a fix was chosen that is none.
    """
    choices = choices or ImportChoices()
    rules, fixes = check_rules(choices.rules), check_fixes(choices.fixes)
    choices = replace(choices, rules=rules, fixes=fixes)
    if choices.mapping:
        require_named(db, choices.mapping)
    for kind in choices.columns.values():
        read_kind(kind)
    return request_run(
        db,
        "import",
        SOURCE,
        first_batch="prepare",
        request_key=request_key,
        params={
            "source": normalize_text(source) or DEFAULT_LABEL,
            "region": region or settings.default_region,
            **choices.to_json(),
        },
        file_name=normalize_text(Path(file_name.replace("\\", "/")).name)[:MAX_NAME] or "upload",
        file_path=spooled.path.name,
        sha256=spooled.sha256,
        bytes=spooled.bytes,
    )


def prepare_import(work: Work) -> Commit:
    """Find out how a file is to be read, and cut it into batches.

    Raises:
        UnreadableFile: it is no table of text; the message says what it seems to be.
        InvalidInput: it has not the columns that were chosen.
    """
    path = _require_path(work.run, work.settings)
    # Each attempt has a copy of its own: one that was thought dead may still be writing.
    text = path.with_suffix(f".{work.claim.token}.utf8")
    params = work.run.params
    plan, split = prepare_file(
        path, text, work.settings.batch_rows, reading=params.get("reading", {})
    )
    name, columns = params.get("saved_mapping", ""), params.get("columns", {})
    with work.database.read() as db:
        mapping = choose_mapping(db, plan.mapping, name=name, columns=columns)
    reading = {**plan.to_json(), "mapping": mapping.to_json(), "text_path": text.name}

    def write(db: Session, run: Run) -> dict[Any, int]:
        # Whoever applies a plan has chosen nothing anew: the plan has remembered what was.
        if (name or columns) and "planned_by" not in params:
            remember_mapping(db, mapping, run.file_name)
        return _write_batches(db, run, split, reading)

    return write


def prepare_batch(work: Work) -> Commit:
    """Read, normalize and validate one batch of a file."""
    params, claim = work.run.params, work.claim
    path, plan = text_path(work.run, work.settings), FilePlan.from_json(params)
    rows = read_batch(path, plan, RowRange(claim.byte_lo, claim.byte_hi, claim.row_lo, claim.rows))
    fixes = FixTable(params.get("fixes", ()))
    rules = params.get("rules", {})
    reading = Reading(plan, params["source"], params["region"], fixes, rules)
    batch = prepare_rows(rows, reading)
    return lambda db, run: write_records(db, run, batch)


def text_path(run: Run, settings: Settings) -> Path:
    """Give the UTF-8 copy of a run's file, which its batches point into."""
    return settings.spool / str(run.params["text_path"])


def remove_stale_uploads(db: Session, settings: Settings) -> int:
    """Delete uploads that were cut off, or that no run names, once they are an hour old."""
    names = db.scalars(select(Run.file_path).where(Run.file_path.is_not(None)))
    known = {str(name).partition(".")[0] for name in names}
    removed = 0
    for path in settings.spool.glob("*"):
        stale = path.suffix == ".part" or path.name.partition(".")[0] not in known
        if stale and time.time() - path.stat().st_mtime > STALE_SECONDS:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _write_batches(db: Session, run: Run, split: Split, reading: dict[str, Any]) -> dict[Any, int]:
    run = db.merge(run)
    run.params = {**run.params, **reading}
    run.rows_total = split.rows
    for number, batch in enumerate(split.batches, start=1):
        db.add(Batch(run_id=run.id, seq=number * SEQ_STEP, kind="rows", **batch._asdict()))
    db.flush()
    return {}


def _require_path(run: Run, settings: Settings) -> Path:
    path = settings.spool / str(run.file_path)
    if not path.exists():
        raise InvalidInput("The uploaded file is no longer on disk; upload it again.")
    return path


def _sync_folder(folder: Path) -> None:
    # A rename is durable only once its folder is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
