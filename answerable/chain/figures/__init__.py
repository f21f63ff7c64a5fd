"""Figures that were given without their records: one contract, and results made from them."""

from .figure import Figure

__all__ = ["Figure"]
