"""Objectives count themselves: which acts, how two pacts share them, where it leads at the present rhythm."""
