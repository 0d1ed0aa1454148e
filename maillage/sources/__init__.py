"""Official files: what each dataset looks like, how it is recognised, read and downloaded.

One module per dataset; a file is recognised by its header, never by its name.
"""
