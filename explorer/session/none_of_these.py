"""Remembers a group's answers before "no to all of these", so that unticking it restores them."""

from __future__ import annotations

import streamlit as st

import pathway
from explorer.session.scenario_actions import EARLIER_ANSWERS, Event
from pathway.scenarios.walk import State

KEY = "none-said"


def with_earlier_answers(state: State, event: Event) -> Event:
    """The event; one that unticks the box carries the remembered answers. Another answer in the group forgets them."""
    do, said = str(event.get("do")), st.session_state.setdefault(KEY, {})
    if do != "none-of-these":
        for group in _touched(event):
            said.pop((group, state.current_visit), None)
        return event
    key = (str(event.get("group")), state.current_visit)
    if event.get("value") == "on":
        said[key] = _answers(state, key[0])
        return event
    return {**event, EARLIER_ANSWERS: said.pop(key, {})}


def _touched(event: Event) -> set[str]:
    findings = pathway.load().findings
    name = str(event.get("finding"))
    return {findings[name].group} if name in findings else set()


def _answers(state: State, group: str) -> dict[str, str | int]:
    findings = pathway.load().findings
    return {name: answer for name, answer in state.answers.items() if findings[name].group == group}
