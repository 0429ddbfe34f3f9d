"""Who is asked: planning a round, choosing and inviting people, its course."""
