"""The way in: login, confirmation, reset, second factor. Flows are allauth's; words, look and addresses are ours."""
