"""Rights: article × licence × outlet × moment → what may leave, in what form, and why. Pure."""

from syndicator.model.license import STATED
from syndicator.rights.clear import ANYWHERE, clear, version
from syndicator.rights.credit_line import own_line
from syndicator.rights.form import shape
from syndicator.rights.stated import stated

__all__ = ["ANYWHERE", "STATED", "clear", "own_line", "shape", "stated", "version"]
