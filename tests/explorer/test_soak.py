"""Thousands of reruns through a real server and a real browser: neither may grow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import CDPSession, Page

import pathway
from tests.explorer.conftest import ROOT, Opens, link
from tests.explorer.serving import PATIENCE, serving

pytestmark = [pytest.mark.browser, pytest.mark.soak]

RERUNS, SETTLED = 6_000, 2_000
"""The reruns in all, and those after which the caches are full: the server's memory moves up and down from then on."""
LEAK = 10_000_000
"""Bytes. One page's markup is some 100 kB: kept for each of 4,000 reruns it would be 400 MB, and kept for one in forty, this.
Less is the noise of an allocator: what is freed is not all given back, and cycles are collected now and then."""
NODES = 0.05
"""Of the nodes: the browser collects when it likes, and the page is the same at the end of each lap but for a number."""

# Each click is one rerun: the next waits until the answer has come back from the server as the one that is chosen.
LAP = """async ([choices, weeks, patience]) => {
  const until = (there) => new Promise((done, failed) => {
    if (there()) return done();
    const late = setTimeout(failed, patience, new Error("no answer"));
    const watch = new MutationObserver(() => { if (there()) { watch.disconnect(); clearTimeout(late); done(); } });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const box = (id) => document.getElementById(id);
  let reruns = 0;
  for (const id of choices) {
    if (!box(id) || box(id).hasAttribute("checked")) continue;
    box(id).click();
    await until(() => box(id)?.hasAttribute("checked"));
    reruns += 1;
  }
  const field = box("a-symptom_weeks");
  field.value = weeks;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => box("a-symptom_weeks")?.getAttribute("value") === String(weeks));
  return reruns + 1;
}"""


@dataclass(frozen=True)
class Sizes:
    """What is held after so many reruns: the server's memory in bytes, and the browser's nodes."""

    reruns: int
    memory: int
    nodes: int


def server_of(address: str) -> Path:
    """The folder of /proc in which the server at an address is described."""
    port = address.rpartition(":")[2].encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        words = path.read_bytes().split(b"\0")
        if b"streamlit" in words and port in words:
            return path.parent
    pytest.skip("this system has no /proc to read a server's memory from")


def memory_of(server: Path) -> int:
    """Bytes that the server holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", (server / "status").read_text())
    assert found, "the server has gone"
    return int(found[1]) * 1024


def nodes_of(wire: CDPSession) -> int:
    """Nodes that the page's process holds, shown or not."""
    wire.send("HeapProfiler.collectGarbage")
    return int(wire.send("Memory.getDOMCounters")["nodes"])


def choices() -> list[str]:
    """Every answer of every question and both readings; each question ends where it raises nothing, known."""
    findings = [finding for finding in pathway.load().findings.values() if finding.answers]
    given = {finding.id: [name for name in finding.answers if name != finding.benign_answer] for finding in findings}
    answers = [
        f"a-{finding.id}-{name}" for finding in findings for name in ("unknown", *given[finding.id], finding.benign_answer)
    ]
    return [*answers, "reading-nice", "reading-page"]


def laps(page: Page, server: Path) -> Iterator[Sizes]:
    """Lap after lap; no state comes twice, so that no cache makes it easy."""
    wire, clicked, reruns = page.context.new_cdp_session(page), choices(), 0
    for weeks in range(1, RERUNS):
        reruns += page.evaluate(LAP, [clicked, weeks, PATIENCE * 1000])
        yield Sizes(reruns, memory_of(server), nodes_of(wire))
        if reruns >= RERUNS:
            return


def around(found: list[Sizes], reruns: int) -> tuple[float, float]:
    """The medians of memory and nodes of the five laps that end there: one reading alone is chance."""
    seen = [sample for sample in found if sample.reruns <= reruns][-5:]
    return median(sample.memory for sample in seen), median(sample.nodes for sample in seen)


def test_thousands_of_reruns_do_not_grow_memory(opens: Opens, tmp_path: Path) -> None:
    with serving(ROOT, tmp_path / "log") as address:
        page = opens(link("driver-eight-weeks"), at=address)
        found = list(laps(page, server_of(address)))
        page.close()  # a server waits for those who are connected
    (memory, nodes), (memory_then, nodes_then) = around(found, found[-1].reruns), around(found, SETTLED)
    assert memory - memory_then < LEAK, found
    assert abs(nodes / nodes_then - 1) < NODES, found
