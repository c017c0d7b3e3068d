"""The state of one browser session between runs: nothing of it is in the address, and closing the tab ends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import randrange
from secrets import token_hex

from explorer.markup.parts import Fingerprints
from pathway.scenarios.walk import Answer

Address = dict[str, str]
"""The parameters of an address that are ours."""


@dataclass
class Session:
    """The session of one tab with Explore open in it."""

    name: str = field(default_factory=lambda: token_hex(8))
    """Unique to this session: a message names the session that it is for."""
    applied: int = 0
    """The number of the last message that was applied."""
    address: Address | None = None
    """The address after the message of this run; None: the browser's own address holds."""
    last_address: Address = field(default_factory=dict)
    """The address after the last message, for a message that comes a second time."""
    next_page: str | None = None
    """The page to go to at the end of this run."""
    number: int = field(default_factory=lambda: randrange(2**40))
    """The number of the page that was sent last; its start is random, so that two sessions hardly ever share numbers."""
    confirmed: int = 0
    """The number of the page that the browser says it has."""
    clears: bool = False
    """Whether what the other pages keep is to be forgotten too."""
    sent: Fingerprints = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    previously_relevant: frozenset[str] = frozenset()
    """The questions that were shown as relevant: they stay, since to hide one would move the others."""
    drawer: str = ""
    work: str = ""
    """The name of the slow computation that the browser asked for."""
    message: str = ""
    message_at: str | None = None
    """The link at which the message is shown; at any other link it is gone."""
    undo: str = ""
    """The link of the scenario that the message offers to bring back."""
    earlier_answers: dict[tuple[str, int], dict[str, Answer | None]] = field(default_factory=dict)
    """By group and visit: the answers before "no to all of these", so that unticking it restores them."""

    def open_drawer(self, name: str) -> None:
        """Show this drawer, and stop the work that another drawer asked for."""
        self.work = self.work if name == self.drawer else ""
        self.drawer = name

    def say(self, text: str, undo: str = "") -> None:
        """Show this text above the page, and an offer to bring back the scenario of the link `undo`."""
        self.message, self.message_at, self.undo = text, None, undo

    def message_for(self, link: str) -> str:
        """The message at this link. Streamlit may run a page several times after one event, and each run shows it."""
        if self.message_at not in (None, link):
            self.message = self.undo = ""
        self.message_at = link
        return self.message

    def forget_scenario(self) -> None:
        """Forget what belongs to the scenario that was looked at."""
        self.skipped, self.previously_relevant, self.earlier_answers = frozenset(), frozenset(), {}
