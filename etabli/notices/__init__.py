"""What is sent, when, and how to stop it."""
