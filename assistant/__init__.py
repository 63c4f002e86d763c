"""Explains Ansible failures: a paste in, its cause and its edit out."""
