"""The rules as engines run them: two that vote, what is still open, and why."""
