"""The commands that open the house themselves; `hub/cli.py` puts them all together."""
