"""`python -m jianbao`."""

from jianbao.cli import app

app()
