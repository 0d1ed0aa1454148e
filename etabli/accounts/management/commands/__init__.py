"""Commands of whoever runs the site: the first organisation, and a succession that nobody is left to say."""
