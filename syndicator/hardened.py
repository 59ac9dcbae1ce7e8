"""The one way foreign XML is parsed: no entities resolved, no network, no DTD, no huge trees."""

from lxml import etree


def hardened(
    *, recover: bool = False, bare: bool = False, encoding: str | None = None
) -> etree.XMLParser:
    """Return a new parser.

    ``recover`` mends what is ill-formed; ``bare`` leaves comments and
    instructions out of the tree; ``encoding`` outweighs what a document says.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=bare,
        remove_pis=bare,
        encoding=encoding,
    )
