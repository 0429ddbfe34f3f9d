"""What is done for a goal: steps, a day, how it stands; the zakkaart."""
