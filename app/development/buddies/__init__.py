"""Maatjes: colleagues who offer to be watched or to think along."""
