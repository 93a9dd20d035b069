"""What the program does: commands are the only writers; the window and the command line both come through
here."""
