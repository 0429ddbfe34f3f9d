"""The plan of one period, made by two."""
