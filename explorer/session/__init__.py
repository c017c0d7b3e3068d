"""One session: what was done in the browser, in order, and the page that it leads to."""
