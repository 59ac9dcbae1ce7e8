"""Rights: article × licence × moment → what may leave, in what form, and why. Pure."""

from syndicator.rights.clear import clear
from syndicator.rights.form import shape

__all__ = ["clear", "shape"]
