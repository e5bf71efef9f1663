"""The routes, one module a noun; each parses, asks a workflow and answers."""
