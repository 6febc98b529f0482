"""How the database's layout came to be: Alembic's revisions, run by `store.schema`."""
