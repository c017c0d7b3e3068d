"""Sheets of many scenarios: CSV, Parquet and Excel in; the same, or JSON lines, out."""
