"""The result that a link leads to, and the address of the browser."""
