"""What a convention asks for at a date: told in the page and by mail, once, to whom it concerns."""
