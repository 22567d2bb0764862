"""Value in, value out, pure: Thai characters and their repair, numerals, dates, durations, phones, tables."""
