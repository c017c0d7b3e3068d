"""The page: a ledger of what each of its sentences says, and a comparison of any copy with it."""

from pathway.source.account import Account, Difference, MatchedSentence, account
from pathway.source.blank import blank_ledger
from pathway.source.fragments import fingerprint, normalised
from pathway.source.ledger import Entry, Kind, Ledger, Statement, ledger_in, load_ledger
from pathway.source.report import describe
from pathway.source.sentences import Place, Sentence, sentences

__all__ = [
    "Account",
    "Difference",
    "Entry",
    "Kind",
    "Ledger",
    "MatchedSentence",
    "Place",
    "Sentence",
    "Statement",
    "account",
    "blank_ledger",
    "describe",
    "fingerprint",
    "ledger_in",
    "load_ledger",
    "normalised",
    "sentences",
]
