"""
The blueprint language: text and rosters to a tree whose every value knows its line.

    read ▶ compose ▶ inputs ▶ expand ▶ dates, presets, rosters ▶ check ▶ Blueprint

:func:`wpbridge.blueprint.load.load` runs these in order. The grammar is data: the
language's own words in ``core``, the kinds' in their files, both folded together by
``language``.
"""
