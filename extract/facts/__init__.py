"""Head fields, documents, metrics and activities, built from the layers below."""
