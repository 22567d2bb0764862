"""Tables as the author meant them: parts joined over pages, header rows and their paths known."""
