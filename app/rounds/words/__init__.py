"""What the pages of rounds say."""
