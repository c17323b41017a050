"""What others do with the same file, each in a process of its own that reports what it took.

Those that need packages of their own run on ``.venv-peers``, which ``make bench`` sets up; they
import nothing of ours but this package.
"""
