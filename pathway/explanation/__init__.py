"""Says why: the result, its reasons, what is open and what to ask next."""
