"""The JSON API: the same workflows as the pages, for other systems."""
