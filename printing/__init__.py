"""Paper: documents, their bytes, and the thread that sends them."""
