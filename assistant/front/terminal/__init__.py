"""Answers as text for people; the only place that knows rich. Every form here gives back one string, ready to write."""
