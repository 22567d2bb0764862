"""Files that hold files: archives and mails, unpacked within limits and without using a single name from inside."""
