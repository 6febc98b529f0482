"""Reading the text: views, words, sentences and clauses."""
