"""The search index without entries nobody stands behind any more."""

from __future__ import annotations

from crm_desktop.data.session import Session

_LEFT_BEHIND = (
    "SELECT doc, group_concat(term, ' ') FROM temp.search_terms"
    " WHERE doc NOT IN (SELECT id FROM main.search_entries) GROUP BY doc"
)


def purge(session: Session) -> None:
    """Take out what changed and erased records left in the index, and pack it anew.

    A changed record gets a new entry, and the tokens of the old one stay behind; what was erased
    must not. The index is contentless: to delete an entry it has to be told its tokens. Making
    it all anew takes three times as long.
    """
    execute = session.connection().exec_driver_sql
    execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms"
        " USING fts5vocab(main, search_index, instance)"
    )
    left = execute(_LEFT_BEHIND).fetchall()
    for entry, tokens in left:
        execute(
            "INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)",
            (entry, tokens),
        )
    # The deleted tokens are marked only, until their segments are merged.
    execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
