"""Goals, where they began, and what became of them."""
