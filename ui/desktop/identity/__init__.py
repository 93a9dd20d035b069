"""What the page «Your key» is made of."""
