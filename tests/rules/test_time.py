"""A page has so much time; what is not read by then is told, and never guessed."""

import pytest

CLAIM = "Kava binds to GABA receptors. Take 2 g of kava a day. Avoid combining valerian with benzodiazepines.\n"


def test_where_the_time_runs_out_reading_stops_and_says_where(checker):
    text = CLAIM * 6000
    whole = checker.check(text[:20_000])
    report = checker.check(text, seconds=1.5)  # enough for a beginning on a busy machine, and never for all
    assert 0 < report.truncated_at < len(text)
    assert all(finding.end <= report.truncated_at for finding in report.findings)
    assert text[report.truncated_at :].startswith(("Kava", "Take", "Avoid"))
    read = checker.check(text[: report.truncated_at])
    assert [finding.quote for finding in report.findings] == [finding.quote for finding in read.findings]
    assert whole.truncated_at is None


@pytest.mark.parametrize("seconds", [0, -1])
def test_without_time_nothing_is_claimed_of_a_page(checker, seconds):
    report = checker.check(CLAIM, seconds=seconds)
    assert (report.findings, report.truncated_at) == ((), 0)
