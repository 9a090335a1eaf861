"""One contestant of `make bench-engine` in a process of its own: reads pages it has never seen, then the same again.

Prints JSON: CPU milliseconds a 10 KB of first readings and of repeats, for each kind of page, how many things it found,
and its memory. Every one is asked for what it does best, and for no more than Caveat does.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pages

# Characters that are read before any is timed, and those that are timed.
BEFORE, TIMED = 500_000, 100_000
SUBSTANCES = ("substance", "drug", "condition", "target", "harm", "property")

Reader = Callable[[str], int]


def bare() -> Reader:
    """What no engine can go below: fold, and one automaton over all names."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    from caveat.document.fold import fold

    automaton = AhoCorasick(sorted(forms()), matchkind=MatchKind.LeftmostLongest)
    return lambda text: len(automaton.find_matches_as_indexes(fold(text).text))


def caveat() -> Reader:
    from caveat import Checker

    checker = Checker()
    checker.warm()
    return lambda text: len(checker.check(text).findings)


def caveat_without_prefilter() -> Reader:
    from caveat.engine.engine import Engine
    from caveat.rules.kept import load_kept

    engine = Engine(load_kept(), prefilter=False)
    return lambda text: len(engine.analyze(text).findings)


def spacy() -> Reader:
    """EntityRuler over all names, Matcher for wordings: a name, five words at the most, a verb, five again, a name."""
    import spacy as library
    from spacy.matcher import Matcher

    nlp = library.blank("en")
    nlp.max_length = 10_000_000
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    with nlp.select_pipes(disable=[]):
        ruler.add_patterns([{"label": "NAME", "pattern": form} for form in sorted(forms())])
    matcher = Matcher(nlp.vocab)
    gap = {"OP": "?"}
    for name, words in word_lists().items():
        verb = {"LOWER": {"IN": words}}
        matcher.add(name, [[{"ENT_TYPE": "NAME"}, *[gap] * 5, verb, *[gap] * 5, {"ENT_TYPE": "NAME"}]])

    def read(text: str) -> int:
        document = nlp(text)
        return len(matcher(document)) + len(document.ents)

    return read


def medspacy() -> Reader:
    """Sentences, names and ConText, as medspaCy is meant to be used."""
    import spacy as library
    from medspacy.ner import TargetRule

    nlp = library.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    matcher = nlp.add_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(form, "NAME") for form in sorted(forms())])
    nlp.add_pipe("medspacy_context")
    return lambda text: len(nlp(text).ents)


def proselint() -> Reader:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda text: len(LintFile("page", text).lint())


def harper() -> Reader:
    from harper import Linter

    linter = Linter()
    return lambda text: len(linter.lint(text))


def forms() -> set[str]:
    """All forms of all names of the lexicons, without misspellings."""
    from caveat.rules.files import Folder
    from caveat.rules.loader import rules_dir
    from caveat.rules.schema import NamesFile

    files = Folder(rules_dir()).each("lexicons/names", NamesFile)
    return {form.lower() for file in files for term in file.content.terms.values() for form in term.forms}


def word_lists() -> dict[str, list[str]]:
    """The verbs and nouns of the word lexicons, each by its name."""
    from caveat.rules.files import Folder
    from caveat.rules.loader import rules_dir
    from caveat.rules.schema import WordsFile

    files = Folder(rules_dir()).each("lexicons/words", WordsFile)
    return {
        name: sorted({word for word in (*(entry.verbs or ()), *(entry.words or ())) if " " not in word})
        for file in files
        for name, entry in file.content.lexicons.items()
    }


CONTESTANTS = {
    each.__name__: each for each in (bare, caveat, caveat_without_prefilter, spacy, medspacy, proselint, harper)
}


def timed(read: Reader, texts: Iterable[str]) -> tuple[float, int]:
    """CPU milliseconds a 10 KB, and what was found."""
    size = found = 0
    begun = time.process_time()
    for text in texts:
        found += read(text)
        size += len(text)
    return (time.process_time() - begun) * 1000 / (size / 10_000), found


def pss_mb() -> float:
    """The memory of this process, what it shares with others counted in part (PSS), in MB."""
    gc.collect()
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def main(name: str, seed: int, before: int) -> None:
    kinds = {"claims": pages.claim_pages, "neutral": pages.neutral_pages}
    texts = {kind: list(make(TIMED, seed)) for kind, make in kinds.items()}
    others = [text for make in kinds.values() for text in make(before // 2, seed + 1000)]
    read = CONTESTANTS[name]()
    for text in others:
        read(text)
    told: dict[str, object] = {}
    for kind, own in texts.items():
        first, found = timed(read, own)
        again, _ = timed(read, own)
        told[kind] = {"first": first, "again": again, "found": found}
    told["pss_mb"] = pss_mb()
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else BEFORE)
