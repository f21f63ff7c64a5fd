"""The `answerable` command: one module a noun, each adding its commands to `app`."""

from .app import app, main

__all__ = ["app", "main"]
