"""Controllers, one a file: a name, a table of genes, and compiled functions from what is felt to what is wished."""
