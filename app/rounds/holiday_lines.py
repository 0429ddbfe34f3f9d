"""Reading school holidays that were pasted, one a line. PURE."""
