"""The rule language: what a rules file may say, read strictly into one syntax tree."""
