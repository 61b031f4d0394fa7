"""The use cases: check, give back, render, summarise, convert. Each is a generator of `danju.events` over its inputs.

Nothing here prints, asks or ends the process; whoever takes the events may stop at any time by closing the generator.
"""
