"""What holds of any text: spans match it, nothing is raised, days are in order, and the work grows with the length."""

import datetime as dt
import subprocess
import sys
import time

from hypothesis import given
from hypothesis import strategies as st

from extract.times import find_times, parse_date

# Pieces that make calendar expressions, mixed with what surrounds and breaks them.
_PIECES = st.sampled_from(
    [
        *"年月日号初末底中前后起至到—-、，。的（）“”\n 　0123456789〇一二三四五六七八九十廿",
        *[
            "2023",
            "今年",
            "去年",
            "同年",
            "次年",
            "上半年",
            "前三季度",
            "季度",
            "个月",
            "上旬",
            "以来",
            "截至",
            "目前",
            "近日",
        ],
        *[
            "同期",
            "期间",
            "十四五",
            "学年",
            "国庆",
            "假期",
            "每年",
            "农历",
            "本周",
            "当天",
            "20:00",
            "２０２４",
            "12月",
            "31日",
            "普法",
        ],
    ]
)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=40).map("".join))
_DAYS = st.one_of(st.none(), st.dates(), st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)))


@given(_TEXTS, _DAYS)
def test_spans_match_and_days_are_in_order(text: str, published: dt.date | None) -> None:
    end = 0
    for found in find_times(text, published):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        assert found.from_date is None or found.to_date is None or found.from_date <= found.to_date
        end = found.end


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_full_dates_are_read_back_in_every_notation(day: dt.date) -> None:
    y, m, d = day.year, day.month, day.day
    digits = "〇一二三四五六七八九"
    chinese = f"{''.join(digits[int(c)] for c in str(y))}年{_chinese(m)}月{_chinese(d)}日"
    wide = f"{y}年{m}月{d}日".translate({ord(str(i)): chr(0xFF10 + i) for i in range(10)})
    for written in (f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日", f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", chinese, wide):
        (found,) = find_times(f"会议于{written}召开。")
        assert (found.text, found.from_date, found.to_date) == (written, day, day)
        assert parse_date(f"发布时间：{written}　来源：市司法局") == day
    assert parse_date(f"签发 {y}.{m}.{d}") == day


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


@given(_TEXTS)
def test_parse_date_never_raises(text: str) -> None:
    parse_date(text)


def test_parse_date_wants_a_whole_date() -> None:
    assert parse_date("2023年8月") is None
    assert parse_date("8月16日") is None
    assert parse_date("2023年2月30日") is None
    assert parse_date("2023-13-01") is None
    assert parse_date("") is None


def test_work_grows_with_the_length() -> None:
    for piece in (
        "1至",
        "一",
        "2023",
        "年",
        "今年",
        "1月1日至",
        "“十",
        "截至",
        "（",
        " ",
        "每年",
        "前3",
        "第",
        "3月，去年同期",
        "字",
    ):
        short, long = (min(_seconds(piece * n) for _ in range(3)) for n in (4000, 32000))
        assert long < 40 * short + 0.05, piece


def _seconds(text: str) -> float:
    begin = time.process_time()
    find_times(text, dt.date(2024, 7, 19))
    return time.process_time() - begin


def test_import_is_light() -> None:
    code = "import sys, extract.times; print([m for m in ('spacy', 'jieba', 'numpy', 'torch') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_offsets_lead_back_through_line_breaks_inside_a_date() -> None:
    lines = [
        "市消防救援支队持续开展夜间错时检查，",
        "督促单位落实主体责任，支队自2023年11",
        "月起约谈单位负责人二十余名，排查出隐",
        "患问题三百余处，已全部督促完成整改，",
        "下一步将继续加大检查力度，确保全市火",
        "灾形势平稳，为群众营造良好消防环境。",
    ]
    text = "\n".join(lines)
    (found,) = find_times(text, dt.date(2024, 1, 19))
    assert found.text == "2023年11\n月起"
    assert text[found.start : found.end] == found.text
    assert (found.from_date, found.to_date) == (dt.date(2023, 11, 1), dt.date(2024, 1, 19))
