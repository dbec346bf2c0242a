"""The only rooms that know every other: they build the program and own the order of its closing."""
