"""What could become a goal, and why."""
