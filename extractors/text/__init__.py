"""Plain text, Markdown and HTML with tab, pipe or HTML tables, so that text read elsewhere can be brought in."""
