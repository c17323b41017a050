"""Alembic's environment: it works on the connection that `migrate` hands it."""

from alembic import context

import pipeline.access
import pipeline.catalog.models
import pipeline.dedupe.models
import pipeline.leads.models
import pipeline.mappings.models
import pipeline.matches.models
import pipeline.merges.models
import pipeline.operations.models
import pipeline.plans.models
import pipeline.runs.crawl_models
import pipeline.runs.models
import pipeline.suppressions
import pipeline.watching.models  # noqa: F401 - the imports fill the metadata
from pipeline.database.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="dialects.",
)
with context.begin_transaction():
    context.run_migrations()
