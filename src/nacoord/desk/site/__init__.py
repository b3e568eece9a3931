"""What a site tells: each question asked once for all pages, and what belongs to each record."""
