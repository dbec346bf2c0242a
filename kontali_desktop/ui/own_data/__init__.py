"""The matching tested on the client's own decisions: chosen, run, shown, saved."""
