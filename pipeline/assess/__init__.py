"""Verdicts on the schema's elements, and findings."""

from pipeline.assess.components import assess_components
from pipeline.assess.findings import find_findings

__all__ = ["assess_components", "find_findings"]
