"""For those who write causes: a base checked, a cause begun, a paste tried, the tree drawn."""
