"""The draft and publishing, for those who are signed in."""
