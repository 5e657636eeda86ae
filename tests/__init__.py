"""What a user would see, or a mathematician would demand, of every part of the package."""
