"""Explore as one component: what a person does in it, what a session keeps of that, and the page that it leads to."""
