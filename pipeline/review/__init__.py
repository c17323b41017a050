"""People answering whether two leads are one: the queue, the acts, and why."""
