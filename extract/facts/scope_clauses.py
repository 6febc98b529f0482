"""What one clause switches: who acts from its beginning on, whose the figures within it are, and its periods.

`extract.facts.subjects` finds what opens a clause, `extract.facts.inner_subjects` what takes over within,
`extract.facts.scope_times` what its times set.
"""

import re
from collections import Counter

from extract.facts.clause_subject import Subject
from extract.facts.inner_subjects import InnerSubjects
from extract.facts.scope_state import InForce
from extract.facts.scope_times import ScopeTimes
from extract.facts.sections import is_item
from extract.facts.subjects import Subjects
from extract.facts.whole_period import Period
from extract.layers import Layers

_STAGES = ("村", "社区", "镇", "乡", "街道", "小区", "公司", "厂", "合作社")
_OF_THE_FOUNDED = re.compile(r"首[批期]|注册资[金本]|招聘|[队会成社组]员|占地|(?:总|建筑)?面积|现有|配备|吸纳|人员")
_WORKS = re.compile(r"(?:检查|指导|负责|实施|巡查|整治|执行|查处|办理)$")

_SOMEBODY = re.compile(r"[^，。\n]{2,10}?[一几](?:家|名|位|户|对|群)[^，。]{1,12}的")
_INTRODUCING = ("这里是", "这里就是", "这就是", "这便是")


class ScopeClauses:
    """Takes in the clauses of one bulletin, in the order of the text.

    `lead` is whom the story opens with, None where that is only where it plays; `counts` how often who opens a clause.
    """

    def __init__(
        self, layers: Layers, subjects: Subjects, inner: InnerSubjects, times: ScopeTimes, in_force: InForce
    ) -> None:
        self.lead: str | None = None
        self.counts: Counter[str] = Counter()
        self._text, self._body = layers.view.text, layers.head.body
        self._subjects, self._inner, self._times = subjects, inner, times
        self._in_force = in_force
        # Whom the clause before said to have been founded.
        self._founded: str | None = None

    def read(self, begin: int, stop: int, *, opens: bool) -> None:
        """Take in the clause's subject, its times and its passive doers; `opens`: it opens its paragraph."""
        force = self._in_force
        if self._text[begin - 1 : begin] == "；":
            force.end_example()
            self._times.begin_part()
        if is_item(self._text, begin):
            # 一、某县跑出加速度。一是…；二是…: whom the label of the paragraph names.
            own = force.is_own(force.opening.actors) or (force.numbered and self._text[begin + 1] == "是")
            force.act(force.opening.actors if own else (), force.opening.owner if own else None)
        subject, words = self._subjects.of(begin, stop, force.now.actors)
        if subject and subject.brief == "place" and self._inner.only_receives(begin, subject.at):
            subject = None
        if subject is None:
            force.end_attending()
        else:
            self._take_over(subject, begin)
        dates = self._times.read(begin, stop, words, opens=opens)
        founded, self._founded = self._founded, self._inner.founded(begin, stop)
        if founded and subject is None and _OF_THE_FOUNDED.match(self._text, words):
            # 成立志愿服务队，队员42人: its figures, to the end of the sentence.
            force.begin_example()
            force.act((founded,), founded)
        passives, owners = self._inner.of(begin, stop, force.now.actors, force.now.owner)
        if dates or passives or owners:
            self._switch_within(begin, stop, dates, passives, owners)
        else:
            period = self._times.undated(begin, stop, words, opens=opens)
            force.switch(begin, force.now if period is force.now.period else force.now._replace(period=period))

    def _take_over(self, subject: Subject, begin: int) -> None:
        """Let the subject of the clause from `begin` act."""
        text, force = self._text, self._in_force
        if text.startswith("其中", begin) or text.endswith(("其中，", "其中："), 0, begin):
            force.begin_example(anew=True)
        elif subject.brief == "unit" or self._inner.opens_list(subject.at):
            force.begin_example()
        force.take_over(subject)
        if not subject.actors:
            return
        if text.startswith(_INTRODUCING, begin):
            force.opening = force.now  # 这里是某工作室。2017年挂牌，…
        first = subject.actors[0]
        self.counts[first] += 1
        if force.opening.actors and first != force.opening.actors[0]:
            self._times.others_act()
        if self.lead is None and begin >= self._body:
            # A village, firm or villager that the story opens with is where it plays, not who acts throughout.
            passing = subject.brief == "person" or first.endswith(_STAGES)
            # 莲都区一家小吃店的老板说…: somebody of the place speaks.
            passing = passing or _SOMEBODY.match(text, subject.at) is not None
            self.lead = None if passing and not force.is_own(subject.actors) else first

    def _switch_within(
        self,
        begin: int,
        stop: int,
        dates: dict[int, Period],
        passives: dict[int, tuple[str, ...]],
        owners: dict[int, str | None],
    ) -> None:
        """Note what switches within the clause `[begin, stop)`, each by where it begins to hold."""
        force = self._in_force
        if owners:
            # 甲区9起、乙区6起: each for itself, to the end of the sentence.
            force.begin_example()
        doers: tuple[str, ...] = ()
        for at in sorted({begin, *dates, *passives, *owners}):
            if at in owners:
                force.act(force.now.actors, owners[at])
            if at in dates:
                force.set_period(dates[at])
            # A doer after 被 or 由 acts to the end of the clause; the figures stay whose they were.
            doers = passives.get(at, doers)
            force.switch(at, force.now._replace(actors=doers) if doers else force.now)
        if doers and self._text[max(passives) - 1] == "由" and _WORKS.search(self._text, max(passives), stop):
            # 冷库由某大队检查，拆除夹芯板…: who does it goes on to the end of the sentence.
            force.begin_example()
            force.act(doers, doers[0])
