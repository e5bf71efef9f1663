"""Benchmarks: how fast the rules classify and a concern is registered, and what memory it takes."""
