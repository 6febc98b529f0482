"""Names that stand again in the text without what vouched for them at first."""

import ahocorasick

from extract.ner.words import Words


def find_again(words: Words, names: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where the names (and what each stands for) occur between word boundaries: start, end, what it stands for."""
    if not names:
        return []
    automaton = ahocorasick.Automaton()
    for name, value in names.items():
        automaton.add_word(name, (len(name), value))
    automaton.make_automaton()
    found: list[tuple[int, int, str]] = []
    for last, (length, value) in automaton.iter(words.text):
        start, end = last + 1 - length, last + 1
        # jieba may cut a longer name anywhere; a name of two characters is too easily part of a word.
        if length > 2 or (words.begins(start) and words.begins(end)):
            found.append((start, end, value))
    return found
