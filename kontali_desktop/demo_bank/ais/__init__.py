"""Account information by Berlin Group NextGenPSD2 1.3, in the standard's dialect or in DNB's."""
