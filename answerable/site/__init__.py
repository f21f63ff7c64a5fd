"""A Release → static pages, open data and their verification. Imports chain, no model."""
