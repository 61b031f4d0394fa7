"""Warnings that are other libraries' business."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """WeasyPrint leaves its colour profile to the garbage collector; everything else stays an error."""
    config.addinivalue_line("filterwarnings", r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")
