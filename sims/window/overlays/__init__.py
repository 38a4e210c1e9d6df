"""What is laid over the stage when asked for: each in a file of its own."""
