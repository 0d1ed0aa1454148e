"""Documents and pictures that leave the house: charts, PDF, spreadsheets, typeface. Layer 0: knows no subject."""
