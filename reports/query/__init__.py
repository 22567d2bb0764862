"""Questions to the datasets in SQL, and copies of them in other formats."""
