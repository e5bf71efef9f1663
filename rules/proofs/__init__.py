"""Proofs about a whole set of rules: for every concern that can be, never for a sample of them."""
