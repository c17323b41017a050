"""A log of requests that keeps them, as a run does."""

from dataclasses import dataclass, field, replace

from pipeline.fetch.requests import RequestRecord


@dataclass
class Ledger:
    """What was asked, as it was before the answer, and what came of it."""

    asked_first: list[RequestRecord] = field(default_factory=list)
    records: list[RequestRecord] = field(default_factory=list)

    def asked(self, record: RequestRecord) -> None:
        self.asked_first.append(replace(record))

    def answered(self, record: RequestRecord) -> None:
        self.records.append(record)

    def paths(self) -> list[str]:
        """Give the paths asked for, in the order of the answers."""
        return ["/" + record.url.split("/", 3)[3] for record in self.records]
