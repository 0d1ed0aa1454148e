"""Files of those who are helped: two that are of one person are joined, one is anonymised; no act is touched."""
