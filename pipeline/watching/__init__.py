"""Watching sources: what their runs usually bring, and the alarm when one does not."""
