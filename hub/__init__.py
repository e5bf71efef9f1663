"""Where people enter: pages, API, command line and the wiring."""
