"""Every error the engine raises on purpose. Each states the case; its text says what to do."""


class LeadEngineError(Exception):
    """The root of all errors raised on purpose."""


class NotFound(LeadEngineError):
    """Something asked for by id does not exist."""


class LeadNotFound(NotFound):
    """No lead bears this id."""


class RunNotFound(NotFound):
    """No run bears this id."""


class OperationNotFound(NotFound):
    """No operation bears this id."""


class MatchNotFound(NotFound):
    """No match bears this id."""


class SourceNotFound(NotFound):
    """No source is registered under this slug."""


class InvalidInput(LeadEngineError):
    """What was given cannot be used; the text says which part, why, and what would do."""


class UnreadableFile(InvalidInput):
    """A file cannot be read as a table; the text names the line or byte, and the reason."""


class BadEmail(InvalidInput):
    """An e-mail address breaks the syntax."""


class SourceBroken(LeadEngineError):
    """A source module cannot be loaded, or its data sheet is wrong."""


class UnexpectedPage(LeadEngineError):
    """A page does not look as its source expects; the site may have changed."""


class Conflict(LeadEngineError):
    """The world has moved on: what was asked no longer fits the state of things."""


class AlreadyUndone(Conflict):
    """This operation has been taken back before."""


class AlreadyAnswered(Conflict):
    """Whether these two leads are one has been answered before, or cannot be asked any more."""


class DuplicateLead(Conflict):
    """The lead to be created is known already: ``lead_ids`` are the same person."""

    def __init__(self, lead_ids: list[int]) -> None:
        super().__init__(f"Lead {lead_ids[0]} is the same person.")
        self.lead_ids = lead_ids


class DataFolderHeld(Conflict):
    """Another engine runs on this data folder."""


class SignInNeeded(LeadEngineError):
    """The caller bears no key that is in force."""


class Forbidden(LeadEngineError):
    """The caller is known, but their role does not allow this."""


class FetchFailed(LeadEngineError):
    """A page could not be fetched. ``code`` is a stable word for the cause."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class FetchRefused(FetchFailed):
    """A page must not be fetched: its address, scheme or robots.txt forbids it."""


class Fenced(LeadEngineError):
    """Another worker owns this batch now; the work of this one is void."""


class StartRefused(LeadEngineError):
    """The engine will not start like this; the text says what to change."""


class DatabaseUnreachable(LeadEngineError):
    """The database cannot be opened; the text says why."""


class EngineUnreachable(LeadEngineError):
    """A running engine has died, gives no answer, or answers with an error; the text says which."""
