"""What goes to the stores: one zip for each browser, made from the folder that runs."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from chromium import chromium_with

from caveat import __version__

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "extension"


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> dict[str, ZipFile]:
    """The zips by browser."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, ROOT / ".ci/package_extension.py", folder], check=True)
    return {browser: ZipFile(folder / f"caveat-{__version__}-{browser}.zip") for browser in ("chrome", "firefox")}


def test_its_version_is_that_of_the_server():
    assert json.loads((EXTENSION / "manifest.json").read_text())["version"] == __version__


@pytest.mark.parametrize("browser", ["chrome", "firefox"])
def test_the_zip_holds_what_runs_and_nothing_else(packed, browser):
    files = {str(path.relative_to(EXTENSION)) for path in EXTENSION.rglob("*") if path.is_file()}
    files.remove("caveat.d.ts")  # types for the checker

    assert set(packed[browser].namelist()) == files
    for name in files - {"manifest.json"}:
        assert packed[browser].read(name) == (EXTENSION / name).read_bytes()


def test_each_manifest_speaks_to_one_browser(packed):
    chrome, firefox = (json.loads(packed[browser].read("manifest.json")) for browser in ("chrome", "firefox"))

    assert "browser_specific_settings" not in chrome
    assert set(chrome["background"]) == {"service_worker", "type"}
    assert "minimum_chrome_version" not in firefox
    assert set(firefox["background"]) == {"scripts", "type"}


def test_the_zip_for_chrome_runs_in_chromium(packed, pages, wire, tmp_path):
    packed["chrome"].extractall(tmp_path)
    with chromium_with(tmp_path) as chromium:
        chromium.use_server(wire.address)
        wire.find("5 mg")

        [sentence] = chromium.click_toolbar(chromium.open(f"{pages}/markup.html")).sentences
        assert "5 mg" in sentence
