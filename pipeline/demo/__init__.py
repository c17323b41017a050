"""The made-up file and site that the demonstration works on."""
