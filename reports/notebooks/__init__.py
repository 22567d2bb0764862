"""Executes the project's notebooks over the datasets and keeps what they show."""
