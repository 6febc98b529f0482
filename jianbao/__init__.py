"""The face: command line and public Python API."""
