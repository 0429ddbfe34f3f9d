"""The nabespreking: preparing, agreeing on niveaus, what was said and agreed; and thanking who was asked."""
