"""The page that the rules come from: a ledger of what each sentence says, and an account of any copy of it."""

from pathway.source.accounts import Account, Belonging, Difference, account
from pathway.source.ledger import Entry, Kind, Ledger, Statement, load_ledger
from pathway.source.lines import describe
from pathway.source.page import Place, Sentence, sentences
from pathway.source.pieces import fingerprint, normalised

__all__ = [
    "Account",
    "Belonging",
    "Difference",
    "Entry",
    "Kind",
    "Ledger",
    "Place",
    "Sentence",
    "Statement",
    "account",
    "describe",
    "fingerprint",
    "load_ledger",
    "normalised",
    "sentences",
]
