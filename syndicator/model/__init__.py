"""The values every room shares: frozen, and free of any verdict or I/O."""
