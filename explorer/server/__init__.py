"""Serves: routes, headers, what is logged, and the address for others in the room."""
