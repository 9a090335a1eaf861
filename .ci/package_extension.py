"""Packs the extension into one zip for each browser: `make extension`.

The folder `extension/` runs as it is in both browsers. Stores are stricter: each gets the manifest without the
other browser's keys, and everything that runs unchanged; types for the checker stay here.
"""

import json
import shutil
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EXTENSION = Path(__file__).parents[1] / "extension"


def manifest_for(browser: str) -> dict:
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    if browser == "chrome":
        del manifest["browser_specific_settings"], manifest["background"]["scripts"], manifest["sidebar_action"]
    else:
        del manifest["minimum_chrome_version"], manifest["background"]["service_worker"], manifest["side_panel"]
        manifest["permissions"].remove("sidePanel")
    return manifest


def package(browser: str, into: Path) -> Path:
    """Write `into/BROWSER/` and the zip of it, the same to the byte wherever it is made."""
    manifest = manifest_for(browser)
    folder = into / browser
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(EXTENSION, folder, ignore=shutil.ignore_patterns("*.d.ts"))
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    target = into / f"caveat-{manifest['version']}-{browser}.zip"
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(str(path.relative_to(folder)))  # dated 1980, whatever the clock says
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, path.read_bytes())
    return target


if __name__ == "__main__":
    for browser in ("chrome", "firefox"):
        print(package(browser, Path(sys.argv[1])))
