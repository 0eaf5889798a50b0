"""Radar keeps a supplier on its customers' radar."""

__version__ = "0.1.0"
