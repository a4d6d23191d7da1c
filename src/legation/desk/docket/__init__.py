"""The claims of an article as the rows of a table, for those who annotate in a spreadsheet."""
