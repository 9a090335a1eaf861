"""The wheel: installed elsewhere, it brings its rules along."""

import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, pytestconfig):
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=pytestconfig.rootpath, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def printed(program, folder):
    """What a program prints that finds Caveat in a folder alone."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


def test_an_unpacked_wheel_checks_a_text_and_serves_its_pages(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import caveat; print(caveat.__file__, len(caveat.Checker().check('Kava binds to GABA receptors.').findings))"
    )
    assert printed(program, tmp_path) == [str(tmp_path / "caveat" / "__init__.py"), "1"]
    program = (
        "from caveat.web import create_app; from caveat.web.shared import seeds; visitor = create_app().test_client();"
        "paths = '/', '/static/theme.css', '/static/icon.png';"
        "print(*(visitor.get(path).status_code for path in paths), len(seeds()))"
    )
    assert printed(program, tmp_path) == ["200", "200", "200", "5"]
