"""Words and formulas of the field: pure functions, `today` is passed in.

Here and everywhere a row that is edited or travels is a pydantic `Row`, and a value is a NamedTuple, which costs a
seventh of a dataclass to define and a third to make. A dataclass is what changes, checks itself, has parents or fresh
defaults, or is given to `replace`, `asdict` or `fields`.
"""
