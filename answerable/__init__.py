"""Answerable: hold a police force to account on evidence, in public."""

__version__ = "0.1.0"
