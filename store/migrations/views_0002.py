"""The views of revision 0002: facts with their office, period, bulletin and sentence, as an analyst reads them.

Every view counts a story once: of the current bulletins that share a `story_id` the one published first speaks, by the
text's digest where that does not decide. `office_key` and `division` are those of whom the row names (a figure's
subject, the first actor, the first issuer), and the publisher's where it names nobody; of a place the division is the
one that an office of the bulletin has.

The SQL is the same on both databases, save how the names of a list are joined and how the year is taken from a day.
"""

from typing import Any

VIEWS = ("v_bulletins", "v_metrics", "v_activities", "v_documents", "v_entities")

# b: a bulletin that counts. p: its publisher as an office.
_BULLETIN = """
    bulletins b
    LEFT JOIN offices p ON p.bulletin_id = b.id AND p.name = b.publisher
"""
_COUNTS = """
    b.is_current AND NOT EXISTS (
        SELECT 1 FROM bulletins o
        WHERE o.story_id = b.story_id AND o.is_current
            AND (COALESCE(o.published, '9999-12-31'), o.text_sha256)
                < (COALESCE(b.published, '9999-12-31'), b.text_sha256)
    )
"""
_HEAD = "b.id AS bulletin_id, b.name AS bulletin, b.title AS bulletin_title, b.publisher, b.published, b.source"


def create(op: Any) -> None:
    """Create the views."""
    dialect = op.get_context().dialect.name
    for name, select in _selects(dialect).items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def drop(op: Any) -> None:
    """Drop the views."""
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")


def _selects(dialect: str) -> dict[str, str]:
    def joined(column: str, table: str, item: str) -> str:
        """The names of a list in their order, with 、 between them."""
        rows = f"FROM {table} l WHERE l.bulletin_id = {item}.bulletin_id AND l.item = {item}.position"
        if dialect == "sqlite":
            return f"(SELECT group_concat({column}, '、') FROM (SELECT {column} {rows} ORDER BY l.position))"
        return f"(SELECT string_agg(l.{column}, '、' ORDER BY l.position) {rows})"

    def year(day: str) -> str:
        if dialect == "sqlite":
            return f"CAST(substr({day}, 1, 4) AS INTEGER)"
        return f"CAST(EXTRACT(YEAR FROM {day}) AS INTEGER)"

    def office(name: str) -> str:
        """Key and division of the office `s` called `name`."""
        return f"""
            CASE WHEN {name} IS NULL THEN p.key ELSE s.key END AS office_key,
            CASE WHEN {name} IS NULL THEN p.division ELSE COALESCE(s.division, (
                SELECT min(o.division) FROM offices o WHERE o.bulletin_id = b.id AND o.division LIKE '%' || {name}
            )) END AS division"""

    def sentence(item: str) -> str:
        within = f"substr(b.text, {item}.sentence_start + 1, {item}.sentence_end - {item}.sentence_start)"
        return f"replace({within}, '\n', '')"

    return {
        "v_bulletins": f"""
            SELECT {_HEAD}, p.key AS office_key, p.division, COALESCE(b.story_id, b.id) AS story_id,
                (
                    SELECT count(*) FROM sources s
                    WHERE s.bulletin_id = b.id
                        OR s.bulletin_id IN (SELECT o.id FROM bulletins o WHERE o.story_id = b.story_id)
                ) AS copies,
                b.pipeline, b.model, b.text
            FROM {_BULLETIN}
            WHERE {_COUNTS}
        """,
        "v_metrics": f"""
            SELECT COALESCE(m.subject, b.publisher) AS office, {office("m.subject")},
                CASE WHEN EXISTS (
                    SELECT 1 FROM mentions e
                    WHERE e.bulletin_id = b.id AND e.type = 'PLACE' AND m.subject IN (e.canonical, e.text)
                ) THEN m.subject END AS place,
                m.name AS indicator, COALESCE(m.indicator, m.name) AS indicator_normalised,
                q.value, q.unit, q.low, q.high, q.modifier, q.text AS figure, q.dimension,
                m.from_date, m.to_date, {year("COALESCE(m.to_date, m.from_date, b.published)")} AS year,
                m.comparison_basis, m.comparison_change, m.comparison_unit,
                t.value AS total, {sentence("m")} AS sentence, {_HEAD}, m.position
            FROM {_BULLETIN}
            JOIN metrics m ON m.bulletin_id = b.id
            JOIN quantities q ON q.bulletin_id = m.bulletin_id AND q.position = m.quantity
            LEFT JOIN quantities t ON t.bulletin_id = m.bulletin_id AND t.position = m.part_of
            LEFT JOIN offices s ON s.bulletin_id = m.bulletin_id AND s.name = m.subject
            WHERE {_COUNTS}
        """,
        "v_activities": f"""
            SELECT a.type, a.name AS activity, {joined("name", "activity_actors", "a")} AS actors,
                {joined("name", "activity_participants", "a")} AS participants,
                {joined("name", "activity_places", "a")} AS places,
                a.from_date, a.to_date, {year("COALESCE(a.to_date, a.from_date, b.published)")} AS year,
                {joined("title", "activity_documents", "a")} AS documents,
                {office("f.name")},
                {sentence("a")} AS sentence, {_HEAD}, a.position
            FROM {_BULLETIN}
            JOIN activities a ON a.bulletin_id = b.id
            LEFT JOIN activity_actors f ON f.bulletin_id = a.bulletin_id AND f.item = a.position AND f.position = 0
            LEFT JOIN offices s ON s.bulletin_id = f.bulletin_id AND s.name = f.name
            WHERE {_COUNTS}
        """,
        "v_documents": f"""
            SELECT d.title, d.number, d.kind, d.action, {joined("name", "document_issuers", "d")} AS issuers,
                d.alias, COALESCE(d.key, d.title) AS document_key, {office("f.name")}, {_HEAD}, d.position
            FROM {_BULLETIN}
            JOIN documents d ON d.bulletin_id = b.id
            LEFT JOIN document_issuers f ON f.bulletin_id = d.bulletin_id AND f.item = d.position AND f.position = 0
            LEFT JOIN offices s ON s.bulletin_id = f.bulletin_id AND s.name = f.name
            WHERE {_COUNTS}
        """,
        "v_entities": f"""
            SELECT e.type, e.name, e.mentions, s.key AS office_key, s.division, {_HEAD}
            FROM {_BULLETIN}
            JOIN (
                SELECT bulletin_id, type, COALESCE(canonical, text) AS name, count(*) AS mentions
                FROM mentions GROUP BY bulletin_id, type, COALESCE(canonical, text)
            ) e ON e.bulletin_id = b.id
            LEFT JOIN offices s ON s.bulletin_id = e.bulletin_id AND s.name = e.name AND e.type = 'ORG'
            WHERE {_COUNTS}
        """,
    }
