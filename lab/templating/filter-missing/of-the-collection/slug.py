class FilterModule:
    """What Ansible looks for."""

    def filters(self):
        """By their names."""
        return {"slug": lambda text: text.lower().replace(" ", "-")}
