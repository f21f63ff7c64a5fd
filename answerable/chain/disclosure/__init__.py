"""What may be shown: suppression now; differencing and audit find their place here."""
