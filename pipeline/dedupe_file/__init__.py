"""Finding the duplicates within one file, without a store."""
