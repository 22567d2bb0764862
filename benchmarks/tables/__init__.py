"""One table laid out in a hundred ways, each with its truth, and how well the readers bring it back."""
