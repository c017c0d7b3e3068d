"""The server: routes, headers, logs, and the address for others in the room."""
