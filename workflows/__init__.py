"""One module per step of a concern, and the ports they need; knows rules, no technology."""
