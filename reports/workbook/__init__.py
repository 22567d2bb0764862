"""The datasets as an Excel workbook for people: summary, matrix, register, one sheet per dataset."""
