"""A validation: what this program finds, held against what others measured or modelled."""
