"""The ways people and banks really pay, each a function from the documents it pays to the entries it makes."""
