"""What is printed for the room: the summary of a day, and a personal mission for its author."""
