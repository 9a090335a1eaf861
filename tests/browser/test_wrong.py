"""A finding that is wrong: a report that the reader sees, and takes along; nothing leaves by itself."""

import subprocess
import sys

from chromium import call_wrong


def test_a_report_is_shown_and_explained(chromium, pages, wire, artifacts, tmp_path):
    page = chromium.open(f"{pages}/app.html")
    page.evaluate("void (document.querySelector('p').textContent = 'A tea. Kratom cures cancer! So they say.')")
    chromium.check(page)
    sent = len(wire.requests)
    box = page.evaluate("""() => {
        const [range] = [...CSS.highlights].flatMap(([, ranges]) => [...ranges]);
        return range.getBoundingClientRect().toJSON();
    }""")
    page.mouse.click(box["x"] + 5, box["y"] + 5)

    report = call_wrong(page)
    report.get_by_text("The page says the opposite").click()

    text = report.inner_text("#report")
    assert 'sentence: "Kratom cures cancer!"' in text
    assert 'expected: "The page says the opposite"' in text
    assert 'rule: "benefit.treats-disease"' in text
    assert 'rules: "sha256:' in text
    assert "localhost" not in text
    assert "A tea" not in text
    assert not report.is_visible("#tracker")
    assert len(wire.requests) == sent
    report.screenshot(path=artifacts / "wrong.png")

    file = tmp_path / "report.txt"
    file.write_text(f"### Something is wrong\n```yaml\n{text}\n```\nThanks!", "utf-8")
    command = [sys.executable, "-m", "caveat", "rules", "explain", "--report", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert "expected  The page says the opposite" in told
    assert "benefit.treats-disease" in told
    assert "Kratom cures cancer" in told
    assert "rules have changed" not in told

    report.reload()
    assert report.inner_text("#report") == "The report is gone. Open it again from the card."


def test_settings_are_kept_in_a_file_and_taken_from_it(chromium, wire, tmp_path):
    kept = {"muted": ["https://muted.example"], "marks": {"warns": False}}
    chromium.store(**kept, token="secret", sites=["https://a.example/*"])  # noqa: S106
    options = chromium.open_own("options/options.html")
    with options.expect_download() as download:
        options.click("text=Save as a file")
    file = tmp_path / "settings.json"
    download.value.save_as(file)
    assert "secret" not in file.read_text("utf-8")

    chromium.forget()
    options.set_input_files("#file", file)
    options.get_by_text("Taken over.").wait_for()

    assert chromium.settings["muted"] == ["https://muted.example"]
    assert chromium.settings["marks"]["warns"] is False
    assert chromium.settings["server"] == wire.address
    assert "sites" not in chromium.settings  # a permission is not in the file
    for wrong in ("{}", "[", '"caveat_settings"', "null"):
        file.write_text(wrong, "utf-8")
        options.set_input_files("#file", file)
        options.get_by_text("That is no file of Caveat’s settings.").wait_for()
    assert chromium.settings["muted"] == ["https://muted.example"]
