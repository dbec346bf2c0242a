"""Skyggerapport: what the program would have done by itself, against what the person did."""
