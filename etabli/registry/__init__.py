"""The beneficiaries and the signed perimeters that every other application refers to."""
