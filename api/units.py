"""One unit of work a request: committed before the answer is sent, never after."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.access import CallerNow

_READS = frozenset({"GET", "HEAD"})


def open_unit(request: Request, caller: CallerNow) -> Iterator[Session]:
    """Open a session that suits the method: a read for GET and HEAD, else a unit of work."""
    database = request.app.state.database
    if request.method in _READS:
        with database.read() as db:
            yield db
        return
    with database.write(caller.actor) as db:
        settings = request.app.state.settings
        db.info |= {"region": settings.default_region, "matching": settings.matching}
        yield db
    request.app.state.hub.nudge()


# With the default scope the commit would follow the answer, and a failed one would still say 201.
Db = Annotated[Session, Depends(open_unit, scope="function")]
