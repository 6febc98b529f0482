"""Text to record: one spaCy pipeline whose components each add a layer."""
