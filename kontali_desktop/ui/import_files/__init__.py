"""Files in: chosen or dropped, stored, and told plainly what came of them."""
