"""`hub rules …`: what a person asks of a file of rules; each is given the world it needs."""
