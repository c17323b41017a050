"""Make, list and revoke API keys. While any key is in force, every caller needs one."""

from argparse import ArgumentParser, Namespace

from pipeline.access import Role, add_key, find_keys, revoke_key
from pipeline.commands.context import ACTOR, Context, add_common_arguments
from pipeline.commands.store import open_store
from pipeline.commands.tables import format_table
from pipeline.database.engine import Database
from pipeline.errors import NotFound


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the three acts."""
    acts = parser.add_subparsers(metavar="ACT", required=True)
    add = acts.add_parser("add", help="make a key; it is shown once")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--name", default="", help="whose key it is, or what for")
    add.set_defaults(act=_add)
    acts.add_parser("list", help="list the keys in force").set_defaults(act=_list)
    revoke = acts.add_parser("revoke", help="put a key out of force")
    revoke.add_argument("key", metavar="ID", type=int)
    revoke.set_defaults(act=_revoke)
    for act in acts.choices.values():
        add_common_arguments(act)


def run(arguments: Namespace, context: Context) -> int:
    """Do the act that was asked for."""
    with open_store(context.settings) as database:
        arguments.act(arguments, context, database)
    return 0


def _add(arguments: Namespace, context: Context, database: Database) -> None:
    role = Role(arguments.role)
    name = arguments.name or role.value
    secret = database.transact(lambda db: add_key(db, name, role), actor=ACTOR)
    context.answer({"name": name, "role": role, "key": secret}, secret)
    context.tell("Keep it now: it cannot be shown again.")


def _list(_: Namespace, context: Context, database: Database) -> None:
    with database.read() as db:
        keys = find_keys(db)
    context.answer(
        [
            {"id": key.id, "name": key.name, "role": key.role, "created_at": key.created_at}
            for key in keys
        ],
        lambda: format_table(
            ("id", "name", "role", "begins with", "made"),
            [(str(key.id), key.name, key.role, key.prefix, key.created_at) for key in keys],
        ),
    )


def _revoke(arguments: Namespace, context: Context, database: Database) -> None:
    if not database.transact(lambda db: revoke_key(db, arguments.key), actor=ACTOR):
        raise NotFound(f"There is no key {arguments.key} in force.")
    context.answer({"revoked": arguments.key}, f"Key {arguments.key} is out of force.")
