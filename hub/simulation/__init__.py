"""Plays a municipality on the real rules and workflows, with a clock that is driven."""
