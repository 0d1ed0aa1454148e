"""Where a pact stands: the dashboard, the years, the pacts side by side, the screen of the committee."""
