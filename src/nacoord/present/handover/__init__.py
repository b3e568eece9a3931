"""The book for a successor as a document, a part a file; `book.document` puts them together."""
