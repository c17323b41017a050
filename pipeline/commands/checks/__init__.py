"""What ``leads doctor`` looks at: the installation, then the data."""
