"""Signing a frozen version: by one's account, or on paper that finds its version by itself."""
