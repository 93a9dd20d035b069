"""What the page of the hand-over is made of."""
