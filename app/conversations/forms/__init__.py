"""Forms of the nabespreking."""
