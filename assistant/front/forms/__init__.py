"""The values of the model as plain text forms: JSON, Markdown, SARIF, lines for people and for CI."""
