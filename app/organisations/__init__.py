"""The dienst and its teams."""
