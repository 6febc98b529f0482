"""The token classifier: data preparation, training, export and loading."""
