"""The actions to choose from, and those that an organisation adds."""
