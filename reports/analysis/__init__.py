"""What notebooks need to compare plans: tables of all plans, likeness of gaps, pictures of pages, Thai figures."""
