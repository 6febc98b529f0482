"""What several tests share: one record that has something in every layer."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from postgres_support import empty_tables, new_database, running_server

from schemas import (
    Activity,
    Mention,
    Metric,
    PolicyDocument,
    Provenance,
    Quantity,
    Record,
    TimeExpression,
)

# The machines that run the tests differ too much in speed for a limit on a single example.
settings.register_profile("jianbao", deadline=None)
settings.load_profile("jianbao")

TEXT = (
    "云岭县司法局全面推进人民调解\n"
    "2023年，云岭县司法局印发《云岭县人民调解办法》（云司发〔2023〕6号），召开调解工作推进会，"
    "全县调解矛盾纠纷1200余件，其中婚姻家庭纠纷310件，涉及金额约36.5万元。（通讯员 梁知远）"
)


def _span(text: str, occurrence: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(text, start + 1)
    return start, start + len(text)


def make_record(**changes: object) -> Record:
    """A record with something in every layer; `changes` replace its fields."""

    def at(text: str, occurrence: int = 0) -> dict[str, object]:
        start, end = _span(text, occurrence)
        return {"start": start, "end": end, "text": text}

    year = {"from_date": "2023-01-01", "to_date": "2023-12-31"}
    fields: dict[str, object] = {
        "id": "mediation",
        "title": "云岭县司法局全面推进人民调解",
        "publisher": "云岭县司法局",
        "published": "2024-01-09",
        "authors": ("梁知远",),
        "text": TEXT,
        "mentions": (
            Mention(**at("云岭县司法局"), type="ORG", canonical="云岭县司法局", sources=("office",)),
            Mention(**at("云岭县司法局", 1), type="ORG", canonical="云岭县司法局", sources=("office", "lexicon")),
            Mention(**at("梁知远"), type="PERSON"),
        ),
        "times": (TimeExpression(**at("2023年"), **year),),
        "quantities": (
            Quantity(**at("1200余件"), value="1200", low="1200", high="1300", modifier="more_than", unit="件"),
            Quantity(**at("310件"), value="310", unit="件"),
            Quantity(**at("约36.5万元"), value="365000", modifier="about", unit="元", dimension="money",
                     canonical_value="365000", canonical_unit="元"),
        ),
        "documents": (
            PolicyDocument(
                title="云岭县人民调解办法", kind="policy", number="云司发〔2023〕6号", issuers=("云岭县司法局",),
                action="issued", mentions=(_span("《云岭县人民调解办法》"),),
            ),
        ),
        "metrics": (
            Metric(quantity=_span("1200余件"), name="调解矛盾纠纷", subject="云岭县", **year),
            Metric(quantity=_span("310件"), name="调解婚姻家庭纠纷", subject="云岭县", part_of=_span("1200余件"), **year),
            Metric(quantity=_span("约36.5万元"), name="涉及金额", subject="云岭县", **year),
        ),
        "activities": (
            Activity(type="issuance", trigger=_span("印发"), name="《云岭县人民调解办法》", actors=("云岭县司法局",),
                     documents=("云岭县人民调解办法",), **year),
            Activity(type="meeting", trigger=_span("召开"), name="调解工作推进会", actors=("云岭县司法局",),
                     participants=("各司法所",), places=("云岭县",), **year),
        ),
        "provenance": Provenance(source="in/mediation.txt", sha256="ab" * 32, pipeline="0.1.0", lexicon="cd" * 32),
    }  # fmt: skip
    return Record.model_validate(fields | changes)


@pytest.fixture
def record() -> Record:
    return make_record()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """The URL of a real PostgreSQL server on which databases may be made."""
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def pg_store(pg_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database that has the tables."""
    from store import SqlStore

    with new_database(pg_server) as url:
        SqlStore(url).close()
        yield url


@pytest.fixture
def pg_url(pg_store: str) -> Iterator[str]:
    """The URL of a PostgreSQL database that has the tables and nothing in them."""
    yield pg_store
    empty_tables(pg_store)
