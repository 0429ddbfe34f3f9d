"""Days of a plan in somebody's calendar."""
