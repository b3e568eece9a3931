"""Archives for records management: the whole record and its history, verifiable without nacoord."""
