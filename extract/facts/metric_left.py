"""What stands before a figure, peeled: the indicator's words, and how they are tied to the figure."""

from dataclasses import dataclass, field

from extract.facts.metric_words import Word, joined


@dataclass(slots=True)
class Left:
    """What stands before a figure, peeled.

    `words` make the name, `unpeeled` are those and all before them; `verb` are those that are its leading deed.
    `change` is the verb of change directly before the figure (增长, 减少), `to` whether 到 or 至 follows it (升至),
    `basis` what it is compared with (同比).
    `start` is set where the figure is what a change starts from (由71%升至90%, 比去年的640起减少), `share` for 占, and
    `whole` is what it is a share of, with 占 or 为 (占户籍人口, 为年度目标).
    `items` are those of an enumeration before the noun, with their 等 (社区、公园等人员密集场所), which stood
    before the last `listed` of `words`.
    `preposition` governs the figure's noun (对30家企业…). `copula` are the words between indicator and figure.
    """

    words: list[Word] = field(default_factory=list)
    unpeeled: list[Word] = field(default_factory=list)
    verb: list[Word] = field(default_factory=list)
    change: Word | None = None
    to: bool = False
    start: bool = False
    basis: list[Word] = field(default_factory=list)
    items: list[Word] = field(default_factory=list)
    listed: int = 0
    preposition: str | None = None
    copula: str = ""
    share: bool = False
    whole: str = ""

    @property
    def noun(self) -> list[Word]:
        """The words after the leading deed."""
        return self.words[len(self.verb) :]

    @property
    def owners(self) -> bool:
        """Whether nothing is left but whose the figure is (东区、西区合计30件)."""
        return bool(self.words) and all(w.kind in ("name", "list", "time") or w.tag == "c" for w in self.words)

    @property
    def compared(self) -> str:
        """What the name of a change keeps of its basis: 同比, 实际, or all of it where it is no time (比全省平均)."""
        basis = self.basis
        if len(basis) > 1 and basis[0].text in ("比", "较") and all(w.kind == "word" for w in basis):
            return joined(basis) if not any(w.text[0] in "上去前年初底" for w in basis) else ""
        return "".join(w.text for w in basis if w.text in ("同比", "环比", "年均", "实际", "名义"))
