"""Fictitious firms in the official Sirene layout, for demonstrations, tests and measurements.

Every name is invented and every SIREN lies in the 000 block: nothing here may be mistaken for, or mixed with, a real
firm. The files are written in INSEE’s layout of 2026, so that they enter by the same door as the real ones.
"""
