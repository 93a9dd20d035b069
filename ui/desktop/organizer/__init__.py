"""The organizer's place: keys taken into a roster, and groups handed out to their moderators."""
