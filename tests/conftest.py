"""What all tests share: no time limits on examples, warnings that are other libraries' business."""

import pytest
from hypothesis import settings

settings.register_profile("danju", deadline=None)  # the first example loads fonts and forms
settings.load_profile("danju")


def pytest_configure(config: pytest.Config) -> None:
    """WeasyPrint leaves its colour profile to the garbage collector; everything else stays an error."""
    config.addinivalue_line("filterwarnings", r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")
