"""The pages of the steps, by the kind of step."""
