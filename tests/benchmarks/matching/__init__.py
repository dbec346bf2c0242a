"""Made companies with their truth, harsher than real ones, and how well the engine does on them."""
