"""The pages, each a module or a package; the frame that all but Explore share; and the words that name them."""
