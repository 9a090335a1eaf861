"""The README and CONTRIBUTING say what is so."""

import re

import click
import pytest

from caveat.cli import main
from caveat.rules.schema import FactEntry, RuleEntry


@pytest.fixture(scope="module")
def readme(pytestconfig):
    return (pytestconfig.rootpath / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def contributing(pytestconfig):
    return (pytestconfig.rootpath / "CONTRIBUTING.md").read_text(encoding="utf-8")


def commands(group, name="caveat"):
    """All commands of a group and of the groups within it, by their full names."""
    for part, command in group.commands.items():
        yield f"{name} {part}", command
        yield from commands(command, f"{name} {part}") if isinstance(command, click.Group) else ()


def test_every_command_and_option_is_told(readme):
    for name, command in commands(main):
        assert name in readme
        for option in command.params:
            flags = [flag for flag in option.opts if flag.startswith("--")]
            assert all(re.search(rf"[` ]{flag}[` ]", readme) for flag in flags), (name, flags)


def test_every_make_target_that_is_named_exists(readme, contributing, pytestconfig):
    makefile = (pytestconfig.rootpath / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z]+)\b(?=`|\n)", readme + contributing)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_file_and_folder_that_is_named_exists(readme, contributing, pytestconfig):
    for path in set(re.findall(r"`((?:rules|server|extension|seeds|tests)/[\w/.]*)`", readme + contributing)):
        assert (pytestconfig.rootpath / path).exists(), path


@pytest.mark.parametrize("model", [RuleEntry, FactEntry])
def test_every_key_of_a_rule_and_of_a_fact_is_told(contributing, model):
    for key in model.model_fields:
        assert f"`{key}`" in contributing
