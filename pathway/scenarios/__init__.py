"""A person at one or several visits: the file, what time does between visits, what is given to be explained."""
