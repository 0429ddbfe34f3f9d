"""What the numbers mean: pure rules from answers to published figures. See docs/measurement.md."""
