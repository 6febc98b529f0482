"""Gold out to the tools that annotators use, and back: Label Studio, doccano, brat, CoNLL."""
