"""Writes, one module per noun: people, organisations, roles, invitations."""
