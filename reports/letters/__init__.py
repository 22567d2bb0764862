"""Official letters to the agencies, one Word file each, from a template that can be edited in Word."""
