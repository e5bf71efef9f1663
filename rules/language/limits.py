"""How much a rules file may hold. All limits stand here, and docs/rules.md tells them.

The shipped file has 58 000 characters, 4 600 values, 59 rules and 52 questions, and is nine deep.
Each limit is several times what a board could need, and low enough that no file, whatever it holds,
takes more than about a second to read or to refuse.
"""

# Characters. Reading is linear in them, and so is showing the file in a form.
MOST_SIGNS = 500_000

# Values, counted as every list, mapping, name and single value. Faults and hints grow with them.
MOST_VALUES = 20_000

# Lists and mappings within each other. Conditions are read, compiled and proved recursively.
MOST_DEEP = 32

# Rules, counted as written. Each is compiled for both engines and proved against all others.
MOST_RULES = 500

# Questions of the instrument. A count may name them all.
MOST_QUESTIONS = 500

# Facts. Each is a column, and a variable in every proof.
MOST_FACTS = 100

# Examples of one kind in one rule. Each is tried in both engines.
MOST_EXAMPLES = 100

# Numbers that one parameter has over time. Each cuts every rule that names it.
MOST_AMOUNTS = 20

# Conditions within one rule. Their combinations are what the engines and the proofs work with.
MOST_CONDITIONS = 200

# Digits of a number; the largest that any field takes has seven.
MOST_DIGITS = 15

# Names that a misspelt one is compared with, to ask which was meant.
MOST_LIKE = 30
