"""Settings, and later the two doors: private (workspace) and public (forms)."""
