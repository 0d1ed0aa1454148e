"""Files that leave the observatory: pictures and tables, each at its own address, each stamped."""
