"""Reading rounds, a module for each kind of page."""
