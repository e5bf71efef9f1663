"""The pages: routes, what was typed, and what is answered."""
