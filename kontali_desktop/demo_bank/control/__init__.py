"""For tests only: the clock, scripted faults, the calls received. Mounted only when the bank is started with it."""
