"""What a crawl has met already, so that most links cost a look into a set, and nothing else."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.leads.keys import hash_text
from pipeline.runs.crawl_models import FrontierPage
from pipeline.runs.ledger import Claim
from pipeline.runs.models import Batch

_MANY = 4_000_000


class Memory:
    """The links that a run has met, as this process knows them; others may know more.

    Links are told by the hash of their URL, and by how pages write them. What a batch adds counts
    once it is known to be committed: after a rollback the memory must be made anew.
    """

    def __init__(self, run_id: int, keys: Iterable[int] = ()) -> None:
        self.run_id = run_id
        self._keys = set(keys)
        self._written: set[tuple[str, str]] = set()
        self._fresh: list[tuple[str, str]] = []
        self._fresh_keys: list[int] = []

    def knows_reference(self, origin: str, href: str) -> bool:
        """Whether a reference that leads to the same page from anywhere on a site was met."""
        return (origin, href) in self._written

    def meet(self, url: str, reference: tuple[str, str] | None) -> bool:
        """Remember a link, and how pages of a site write it; gives whether it is new."""
        if reference is not None:
            self._written.add(reference)
            self._fresh.append(reference)
        key = hash_text(url)
        if key in self._keys:
            return False
        self._keys.add(key)
        self._fresh_keys.append(key)
        return True

    def begin_page(self) -> None:
        """Remember from here on what one page adds."""
        self._fresh.clear()
        self._fresh_keys.clear()

    def forget_page(self) -> None:
        """Forget what the page added: it could not be read, so nobody follows its links."""
        self._written.difference_update(self._fresh)
        self._keys.difference_update(self._fresh_keys)

    @property
    def is_full(self) -> bool:
        """Whether it takes too much room."""
        return len(self._keys) + len(self._written) > _MANY


class Recollection:
    """This process's memories: the one of the run that it worked on last."""

    def __init__(self) -> None:
        self._memory: Memory | None = None
        self._claim: Claim | None = None

    def open(self, db: Session, claim: Claim) -> Memory:
        """Give the memory of a claim's run, made anew unless the last batch was committed."""
        memory, last = self._memory, self._claim
        self._claim = claim
        usable = memory is not None and memory.run_id == claim.run_id and not memory.is_full
        if memory is None or last is None or not usable or not _is_committed(db, last):
            keys = db.scalars(
                select(FrontierPage.url_key).where(FrontierPage.run_id == claim.run_id)
            )
            memory = self._memory = Memory(claim.run_id, keys)
        return memory


def _is_committed(db: Session, claim: Claim) -> bool:
    query = select(Batch.id).where(
        Batch.id == claim.batch_id, Batch.token == claim.token, Batch.state == "done"
    )
    return db.scalar(query) is not None
