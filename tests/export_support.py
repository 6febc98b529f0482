"""Records that the tests of the exports share."""

from decimal import Decimal

from conftest import make_record

from schemas import Comparison, Metric, Office, Quantity, Record


def full_record(**changes: object) -> Record:
    """A record with something in every field."""
    record = make_record()
    first, second, third = record.metrics
    comparison = Comparison(basis="同比", change=Decimal("-3.5"), unit="%", quantity=third.quantity)
    first = first.model_copy(update={"comparison": comparison, "indicator": "调解矛盾纠纷"})
    office = Office(name="云岭县司法局", key="云岭县|司法局", division=None)
    return make_record(metrics=(first, second, third), offices=(office,), **changes)


def hostile() -> Record:
    """Cells with quotes, commas, line breaks and a formula."""
    text = '=cmd|"/C calc"!A0,一\n二 -3件'
    start = text.index("-3件")
    figure = Quantity(start=start, end=len(text), text="-3件", value=Decimal(-3), unit="件")
    metric = Metric(quantity=(start, len(text)), name='=HYPERLINK("http://x.example","看")', subject="@县局")
    return make_record(
        id="-1;x", title="一,二\n“三”", text=text, mentions=(), times=(), quantities=(figure,), documents=(),
        metrics=(metric,), activities=(),
    )  # fmt: skip
