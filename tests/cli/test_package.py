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


def test_an_unpacked_wheel_checks_a_text(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import caveat; print(caveat.__file__, len(caveat.Checker().check('Kava binds to GABA receptors.').findings))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path / "caveat" / "__init__.py"), "1"]
