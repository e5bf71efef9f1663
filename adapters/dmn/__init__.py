"""Rules as a decision table of DMN 1.3, for engines other than this one."""
