"""A living hub for somebody who is new to it: made-up people, and cases at every stage."""
