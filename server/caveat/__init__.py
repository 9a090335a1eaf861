"""Caveat finds what a text claims about health: mechanisms, doses and drug interactions.

>>> from caveat import Checker
>>> report = Checker().check("Kratom binds to opioid receptors.")
>>> [(finding.category, finding.quote) for finding in report.findings]
[('mechanism', 'Kratom binds to opioid receptors')]
"""

from __future__ import annotations

__all__ = ["Checker", "__version__"]

__version__ = "0.2.0"

from caveat.checker import Checker
