"""What the opening and the ending of a bulletin say of its head, kept by the kind of place that says it."""

import datetime as dt
from dataclasses import dataclass, field

from extract.facts.credits import Credit
from extract.facts.head_labels import Fields
from extract.facts.head_lines import OFFICE_AND_DAY, Line, unlabelled_part
from extract.facts.head_names import is_media
from extract.facts.mastheads import signature_of
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_house


@dataclass(slots=True)
class Found:
    """What the lines say, by the kind of place that says it."""

    fields: Fields = field(default_factory=Fields)
    masthead: str | None = None
    dateline: str | None = None
    issuer: str | None = None
    signature: str | None = None
    contributor: str | None = None
    closing_office: str | None = None
    # 本报讯: a paper reports that does not name itself.
    in_paper: bool = False
    dates: list[dt.date] = field(default_factory=list)
    month_day: tuple[int, int] | None = None
    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)

    def heading_line(self, line: Line) -> None:
        """Take in what a publication line above the text names without labels."""
        if dated := OFFICE_AND_DAY.fullmatch(line.text):
            self.issuer = self.issuer or signature_of(dated["office"])
            self.month_day = int(dated["month"]), int(dated["day"])
            return
        named = unlabelled_part(line)
        self.issuer = self.issuer or named.office
        if named.office and self.masthead and not is_media(self.masthead):
            # 某县妇联工作简讯 / 某县妇联办公室　2021年11月26日: the line says who issues the briefing.
            self.masthead = named.office
        house = named.office if named.office and is_house(named.office) else None
        self.masthead = self.masthead or named.account or house
        self.authors += named.people

    def closing_line(self, line: Line) -> None:
        """The same below the text, where an office with a date is the signature."""
        named = unlabelled_part(line)
        self.signature = self.signature or named.office
        if named.people and named.office and not is_house(named.office) and line.text.startswith(named.office):
            dated = find_date(line.text)
            if not dated or line.text[: dated.start].strip() != named.office:
                # 某县司法局　张三　2023年5月6日: the office has written with its people; one that signs with the day,
                # before they are named, has not.
                self.authors.append(named.office)
        self.authors += named.people

    def credit(self, credit: Credit) -> None:
        """Take in what a byline or a closing bracket says."""
        if credit.is_of_picture:
            self.photographers += credit.authors
        else:
            self.authors += credit.authors
        if credit.media and self.dateline is None:
            self.dateline = credit.media
        if credit.offices:
            self.contributor = self.contributor or credit.offices[0]
            if not credit.has_role:
                self.signature = self.signature or credit.offices[0 if credit.people else -1]
        if credit.date:
            self.dates.append(credit.date)
