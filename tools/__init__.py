"""The commands of the house: what `./run` dispatches to. Standard library only, so that it runs on bare Python."""
