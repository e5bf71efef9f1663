"""What the API takes: strict models, one module a noun."""
