"""Shipped definitions: data files only, read through `chain.body`."""
