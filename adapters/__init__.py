"""The outer world: database, scheduler, post, files, logs; implements the ports of workflows."""
