"""Where a pact stands, seen by those who steer it: the dashboard, the years, the pacts side by side, the COPIL screen."""
