"""Forms of the pages of a profile."""
