"""Pure functions that turn a published value into its one canonical form."""
