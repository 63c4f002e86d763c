"""Real ansible-core for the tests: `venvs` installs releases of it, `stage` runs playbooks with them."""
