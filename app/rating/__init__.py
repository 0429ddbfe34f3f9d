"""What raters answer: their link, drafts, sealed envelopes, and the closing that makes cells of them."""
