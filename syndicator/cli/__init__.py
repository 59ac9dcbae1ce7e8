"""What an operator types."""

import click


@click.group()
def main() -> None:
    """A self-hosted syndication desk."""
