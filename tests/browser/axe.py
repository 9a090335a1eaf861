"""axe-core, which finds what shuts people out of a page."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"


def violations(page: Page) -> list[str]:
    """What is wrong with the page as it is now, in one line each."""
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(
        """async () => (await axe.run()).violations.flatMap(({ id, help, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target}) ${failureSummary}`))"""
    )
