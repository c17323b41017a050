"""Look at leads that may be one, the most useful first, and answer: merge, distinct, or skip."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.match_report import describe_match, explanation_document, match_document
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.engine import Database
from pipeline.dedupe.decide import probability
from pipeline.matches.models import MatchState
from pipeline.review.acts import merge_pair, skip, tell_apart
from pipeline.review.explanation import explain_match
from pipeline.review.questions import Wanted, find_questions

_ANSWERS = {"y": "merge", "n": "distinct", "s": "skip"}
_HEADINGS = ("match", "chance", "lead", "name", "e-mail", "lead", "name", "e-mail")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the list, and the acts on one match."""
    parser.add_argument("--limit", type=int, default=20, help="how many to list (default: 20)")
    parser.set_defaults(act=_list)
    acts = parser.add_subparsers(metavar="ACT", title="instead of listing them")
    show = acts.add_parser("show", help="explain a match in words and bits")
    show.set_defaults(act=_show)
    merge = acts.add_parser("merge", help="say that they are one lead")
    merge.add_argument("--winner", type=int, metavar="LEAD", help="who lives on (default: older)")
    for name, words in (("distinct", "say that they are two, for ever"), ("skip", "ask me later")):
        acts.add_parser(name, help=words).set_defaults(act=partial(_answer, name), winner=None)
    merge.set_defaults(act=partial(_answer, "merge"))
    for act in acts.choices.values():
        act.add_argument("match", metavar="ID", type=int)
    acts.add_parser("answer", help="be asked one by one").set_defaults(act=_ask)
    for one in (parser, *acts.choices.values()):
        add_common_arguments(one)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _list(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        found = find_questions(db, Wanted(), limit=max(arguments.limit, 1)).questions
    rows = [
        (
            *(str(one.match.id), f"{probability(one.match.bits):.0%}"),
            *(str(one.left.id), one.left.name, one.left.email),
            *(str(one.right.id), one.right.name, one.right.email),
        )
        for one in found
    ]
    context.answer(
        [match_document(one.match, one.left, one.right) for one in found],
        lambda: format_table(_HEADINGS, rows) if rows else "No leads wait for an answer.",
    )


def _show(arguments: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        explained = explain_match(db, arguments.match)
    context.answer(explanation_document(explained), lambda: describe_match(explained))


def _answer(act: str, arguments: Namespace, context: Context, database: Database) -> None:
    document = _do(database, act, arguments.match, arguments.winner)
    told = {
        "merge": f"Leads merged into lead {document.get('lead')}.",
        "distinct": "These are two, and are not asked about again.",
        "skip": "Asked again at the end of the queue.",
    }[act]
    undo = f" To take that back:  leads undo {document['operation']}" if act != "skip" else ""
    context.answer(document, told + undo)


def _do(database: Database, act: str, match_id: int, winner: int | None = None) -> dict[str, Any]:
    acts: dict[str, Callable[[Session], dict[str, Any]]] = {
        "merge": lambda db: _merged(db, match_id, winner),
        "distinct": lambda db: {
            "state": MatchState.DISTINCT,
            "operation": tell_apart(db, match_id).id,
        },
        "skip": lambda db: {"state": skip(db, match_id).state, "operation": None},
    }
    return {"match": match_id, **database.transact(acts[act], actor=ACTOR)}


def _merged(db: Session, match_id: int, winner: int | None) -> dict[str, Any]:
    operation = merge_pair(db, match_id, winner_id=winner)
    living = winner or explain_match(db, match_id).match.left_id
    return {"state": MatchState.MERGED, "operation": operation.id, "lead": living}


def _ask(_: Namespace, context: Context, database: Database) -> None:
    """Ask about one pair after the other until there is none, or whoever answers has enough."""
    answered: list[dict[str, Any]] = []
    while True:
        with database.read() as db:
            following = find_questions(db, Wanted(), limit=1).questions
            explained = explain_match(db, following[0].match.id) if following else None
        if explained is None:
            break
        context.tell(f"\n{describe_match(explained)}\n\nOne lead? [y]es [n]o [s]kip [q]uit")
        word = sys.stdin.readline().strip().lower()[:1] or "q"
        if word == "q":
            break
        if word in _ANSWERS:
            answered.append(_do(database, _ANSWERS[word], explained.match.id))
    context.answer(answered, f"{len(answered):,} answered.")
