"""The language server: an editor's texts and questions in; findings, changes and explanations out."""
