"""The conversation: paste a failure, be asked what only you can know, be led through the fix."""
