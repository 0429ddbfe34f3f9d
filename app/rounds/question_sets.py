"""Which question sets a group can be asked in a round. PURE."""
