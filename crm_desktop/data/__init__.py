"""The book: the only room that knows SQLAlchemy and Alembic."""
