"""Films as files. The only room that imports av and PIL; it knows pictures and nothing of what they show."""
