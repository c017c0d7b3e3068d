"""JSON Schemas of the files of a knowledge folder, for editors: made from the models that read the files."""
