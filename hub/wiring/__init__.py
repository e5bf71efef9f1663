"""The composition root: the only package that names an adapter; nothing here is global."""
