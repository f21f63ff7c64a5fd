"""The chain from records to verdicts, in plain Python.

In the order of flow: body, statistics, records, measures, claims, disclosure,
charts. Imports point back up that list; nothing here imports Django.
"""
