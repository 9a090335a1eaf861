"""The word list of the extension: made from the lexicons, and small enough for every page."""

from caveat.proof.contract import contract_text
from caveat.proof.words import words_text


def test_the_list_that_is_checked_in_is_the_one_that_the_lexicons_make(pytestconfig):
    written = (pytestconfig.rootpath / "extension" / "content" / "words.js").read_text(encoding="utf-8")
    assert written == words_text(), "run: caveat rules words > extension/content/words.js"


def test_the_extension_checks_by_the_words_that_the_server_speaks(pytestconfig):
    written = (pytestconfig.rootpath / "extension" / "lib" / "contract.js").read_text(encoding="utf-8")
    assert written == contract_text(), "run: caveat rules contract > extension/lib/contract.js"
    assert len(written.encode()) < 60_000


def test_a_shorter_name_stands_for_the_longer_ones():
    words = words_text()
    assert ",kratom," in words
    assert "kratom powder" not in words
