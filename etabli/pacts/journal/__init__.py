"""`/journal/`: who changed what, and who read what names a firm, for the DPO and the administrators."""
