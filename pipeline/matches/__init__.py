"""Matches, what people say of them, and the weights learnt from that."""
