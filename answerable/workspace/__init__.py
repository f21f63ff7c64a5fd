"""The rooms of the meeting workspace. They are empty until there is a sign-in."""
