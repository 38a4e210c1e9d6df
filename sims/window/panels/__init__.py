"""What is round the stage: each panel in a file of its own."""
