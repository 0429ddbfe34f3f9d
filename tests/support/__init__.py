"""What the tests stand on: databases, builders, a client that checks pages, a browser."""
