"""What each heading and table means in the terms of the schema."""
