"""The decisions of the hub: pure values and functions, no I/O and no clock."""
