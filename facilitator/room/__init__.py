"""What happens in the room and is no record: the timer, whose turn it is, who is here, the day's plan."""
