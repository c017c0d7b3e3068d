"""The Practice page: cases to work through, with reasons. It lays out what `pathway.practice` says."""
