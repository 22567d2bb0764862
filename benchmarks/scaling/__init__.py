"""How cost grows with pages and with documents."""
