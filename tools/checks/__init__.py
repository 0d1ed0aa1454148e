"""What `./run check` looks at. A check is a function without argument that returns its complaints, empty when happy."""
