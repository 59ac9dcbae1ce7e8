"""What a contract or public licence lets the desk do with copy."""

from enum import StrEnum

from pydantic import Field

from syndicator.model.clearance import Form
from syndicator.model.fields import Duration, Strict


class ImagePolicy(StrEnum):
    """Which pictures may leave with an article."""

    NONE = "none"
    CREDITED = "credited"
    ALL = "all"


class License(Strict):
    """One licence, from ``config/licenses.yaml``. Every default is the cautious one."""

    name: str | None = Field(None, description="shown to people; default: the key")
    url: str | None = Field(None, description="address of the licence's own text (rel=license)")
    text: Form = Field(Form.HEADLINE, description="how much may leave: full, excerpt or headline")
    excerpt_words: int = Field(40, ge=1, le=1000, description="longest excerpt, in words")
    credit: str | None = Field(
        None,
        description="credit line, used when the copy carries none; "
        "names in braces: year holder site distributor source authors headline link license",
    )
    holder: str | None = Field(None, description="copyright holder, where the copy names none")
    distributor: str | None = Field(None, description="who passes the copy on under this licence")
    expires: Duration | None = Field(None, description="leaves our feeds this long after published")
    images: ImagePolicy = Field(ImagePolicy.NONE, description="none, credited or all")
    riders: tuple[str, ...] = Field((), description="further terms, shown to people")
