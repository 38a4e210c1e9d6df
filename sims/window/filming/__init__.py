"""Films: walks drawn picture by picture into memory, on the window's own stage, without any display."""
