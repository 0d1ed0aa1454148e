"""Settings, addresses and what surrounds every request."""
