"""The brief as a document, a section a file; `page.document` puts them together."""
