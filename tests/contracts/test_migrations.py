"""The migrations make exactly the tables that the models describe, there and back."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from pipeline.database.base import Base
from pipeline.database.engine import Database
from pipeline.database.migrate import (
    MIGRATIONS,
    configuration,
    get_revision,
    migrate,
    newest_revision,
)
from pipeline.errors import StartRefused
from tests.contracts.source_tree import find_modules


def test_the_migrations_and_the_models_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, Base.metadata) == []


def test_the_schema_can_be_taken_down_and_set_up_again(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}

    migrate(database)

    assert get_revision(database) == newest_revision()
    assert set(Base.metadata.tables) <= set(inspect(database.engine).get_table_names())


def test_the_newest_file_is_the_newest_revision() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [newest_revision()]
    for revision in script.walk_revisions():
        assert Path(revision.path).name.startswith(f"{revision.revision}_")


def test_no_foreign_key_touches_the_leads() -> None:
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert [key for key in keys if "leads" in {key.parent.table.name, key.column.table.name}] == []


def test_every_table_is_known_to_the_migrations() -> None:
    environment = Path(MIGRATIONS, "env.py").read_text()
    modules = {
        ".".join(module.path.with_suffix("").parts)
        for module in find_modules("pipeline")
        if "__tablename__" in module.text
    }
    assert modules
    assert modules <= set(re.findall(r"^import ([\w.]+)", environment, re.MULTILINE))


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StartRefused, match="9999"):
        migrate(database)
