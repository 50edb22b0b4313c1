"""Pictures drawn from shapes: still lifes, landscapes and faces; no photographs, no fonts."""
