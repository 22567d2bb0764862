"""The report as static pages that open in a browser without a server."""
