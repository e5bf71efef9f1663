"""The pages about the rules: try out, propose, compare, approve, follow."""
