"""The documentation site: the base and `site/` in, a folder of static pages out, and a server to look at it."""
