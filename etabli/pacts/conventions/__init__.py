"""Writing a convention with its partners: text, perimeter, parties, axes, actions, review, states."""
