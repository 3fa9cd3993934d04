"""Long-lived children: each runs blocks of named jobs on request."""
