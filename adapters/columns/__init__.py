"""The fourth compilation of the rules: a million past concerns at once, as columns of polars."""
