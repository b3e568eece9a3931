"""Steps from one format of the record to the next, one a file, and what is made of them."""
