"""A person at one or several visits: the file, the effect of time between visits, and the validated inputs of `explain`."""
