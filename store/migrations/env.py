"""What Alembic runs to migrate: always on a connection that `store.schema` gives, in its transaction."""

from alembic import context

from store.schema import is_ours
from store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=is_ours,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
