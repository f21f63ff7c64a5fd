"""How sure can we be: charts' limits and rules, intervals, change, mix.

Plain numbers in, plain numbers out: nothing here knows of a measure or a force.
"""
