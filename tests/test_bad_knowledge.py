"""Invalid knowledge: each mistake is reported with its file, its line and the nearest valid word."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from pathway.cli import inspections as inspection
from pathway.cli.main import main
from pathway.errors import Fault, Unusable
from pathway.knowledge.loader import data_folder, load, loaded
from pathway.knowledge.template import TEMPLATE
from pathway.scenarios.examples import scenario_document
from pathway.yaml.document import NO_PART

pytestmark = pytest.mark.usefixtures("unchanged_files_are_read_once")


class Edit(NamedTuple):
    """A change to one file of the knowledge: the first `old` becomes `new`."""

    file: str
    old: str
    new: str


class Mistake(NamedTuple):
    """An edit, the line on which its fault stands (None: no line), and the fault's words."""

    edit: Edit
    at: str | None
    says: str


SHARED = "options/0-shared.yaml"
PAIN = "options/4-pain-management.yaml"
RISK = "when: {is: {tens_risk: contraindicated}}"
LEECHES = """  - id: leeches
    group: pain-management
    name: Leeches
    says: Small animals.
    step: conservative
    positions:
      - {text: Nothing is said., source: ng59, checked: unchecked}
  - id: therapeutic-ultrasound
"""
HAIR = """  - id: hair_colour
    group: risks
    name: the hair
    question: What colour is the hair?
    answers: {fair: fair, dark: dark}
    if_not_adverse: fair
  - id: tens_risk
"""
TENS = "  words: [TENS]"
FOR_THE_NECK = "first when: {is: {region: [mid_back, neck]}}"
CIRCLE = """- {id: one, name: x, when: {is: {two: present}}}
- {id: two, name: y, when: {is: {one: present}}}
"""
IDLE = "  - {id: heat_possible, name: heat, answers: {yes: possible, no: ruled out}, options: [tens]}\n"
OWN_SET = "  - {id: selves, options: [selves]}\n"
RESTING = """  - {id: resting, title: Rest, says: Rest., is: rest, icon: loop}
"""
BLEEDING = "    text: Not with a bleeding disorder."
IF = "if open: If it is so, not so."
NAMESAKE = "- {id: saddle_numbness, name: x, when: {is: {nerve_pain: none}}}"
CALM = """- {id: pregnancy, says: x, because: y, value: not_pregnant, allowed: [not_pregnant, pregnant]}
- id: stepped-ladder"""
MOON = "- {id: moon, publisher: Nobody, title: The moon, edition: none}"
NUMB = "{source: sherwood-heat-ice, at: feeling, checked: primary}"
PADS = "{source: houghton-2010, at: numb or damaged skin, checked: secondary}"
OLD = "https://www.nice.org.uk/guidance/cg88"
UNNEEDED = """- id: nobody-needs-it
  says: The moon is made of cheese.
  because: It looks like it.
- id: stepped-ladder
"""

BONES = "- {kind: finding, former: bones, present: fragile_bones}"
MISTAKES: dict[str, Mistake] = {
    "an assumption with a finding's id, which would answer it for everybody": Mistake(
        Edit("assumptions.yaml", "- id: stepped-ladder", CALM),
        "- {id: pregnancy, says: x, because: y, value: not_pregnant, allowed: [not_pregnant, pregnant]}",
        "pregnancy is the id of something else that conditions read; name it otherwise",
    ),
    "a definition with a finding's id": Mistake(
        Edit("definitions.yaml", "- id: nerve_features", f"{NAMESAKE}\n- id: nerve_features"),
        NAMESAKE,
        "saddle_numbness is the id of something else that conditions read; name it otherwise",
    ),
    "a red flag without a condition": Mistake(
        Edit("red_flags.yaml", "  when: {is: {saddle_numbness: present}}\n", ""),
        "- id: saddle-numbness",
        "when is missing; add it here",
    ),
    "a red flag lowered by what comes after it": Mistake(
        Edit("red_flags.yaml", "{at least: {weakness_weeks: long-standing-weakness-weeks}}", "{is: {step: surgery}}"),
        "- id: severe-weakness",
        "severe-weakness reads step, which is only known after it",
    ),
    "a red flag of an unknown finding": Mistake(
        Edit("red_flags.yaml", "finding: saddle_numbness", "finding: sadle_numbness"),
        "- id: saddle-numbness",
        "there is no finding sadle_numbness; did you mean saddle_numbness?",
    ),
    "a contradiction that reads the step": Mistake(
        Edit("contradictions.yaml", "      - is: {weakness: none}", "      - is: {step: surgery}"),
        "- id: both-legs-weak-without-weakness",
        "both-legs-weak-without-weakness reads step, which is only known after it",
    ),
    "a source that nothing cites": Mistake(
        Edit("sources.yaml", "- id: cg88\n", f"{MOON}\n- id: cg88\n"),
        MOON,
        "nothing cites moon; use it or drop it",
    ),
    "a source of an unknown region": Mistake(
        Edit("sources.yaml", "scope: low_back", "scope: lowback"),
        "- id: ng59",
        "scope: lowback is not an answer for region; did you mean low_back?",
    ),
    "safety questions without none of these": Mistake(
        Edit("findings.yaml", "    none_of_these: No to all of these. Each was asked\n", ""),
        "  - id: cauda-equina",
        "cauda-equina is asked before all else, so it needs none_of_these",
    ),
    "a group that comes first among those that don't": Mistake(
        Edit("findings.yaml", "    title: Age and region\n", f"    title: The person\n    {FOR_THE_NECK}\n"),
        "  - id: person",
        "person is not asked before all else, so it can't come first among those that are; drop first when",
    ),
    "an order of groups by what is not known yet": Mistake(
        Edit("findings.yaml", FOR_THE_NECK, "first when: {is: {route: emergency}}"),
        "  - id: cord-nerves-vessels",
        "cord-nerves-vessels reads route, which is only known after it",
    ),
    "a first card that asks an unknown finding": Mistake(
        Edit("first_card.yaml", "asks: age", "asks: ages"),
        "- id: who",
        "there is no finding ages; did you mean age?",
    ),
    "a first card with an answer that there is not": Mistake(
        Edit("first_card.yaml", "{region: neck, nerve_pain: one_side}", "{region: neck, nerve_pain: one_arm}"),
        '    - {says: "Neck, down one arm", sets: {region: neck, nerve_pain: one_arm}}',
        "one_arm is not an answer for nerve_pain; write none, one_side, both_sides or both_sides_walking_only",
    ),
    "a first card with an answer that sets less than the others": Mistake(
        Edit("first_card.yaml", "{region: neck, nerve_pain: one_side}", "{region: neck}"),
        '    - {says: "Neck, down one arm", sets: {region: neck}}',
        "says nothing of nerve_pain, which another answer of where sets; set it too",
    ),
    "a first card that asks twice": Mistake(
        Edit("first_card.yaml", "asks: pain_severity", "asks: age"),
        "- id: how-bad",
        "age is asked twice on the first card; ask it once",
    ),
    "a first card with a question that asks nothing": Mistake(
        Edit("first_card.yaml", "  asks: pain_severity\n", ""),
        "- id: how-bad",
        "how-bad needs either asks or answers",
    ),
    "a theme with an unknown scenario": Mistake(
        Edit("themes.yaml", "- driver-eight-weeks", "- driver-nine-weeks"),
        "- id: after-weeks-of-care",
        "there is no scenario driver-nine-weeks; did you mean driver-eight-weeks?",
    ),
    "a scenario in two themes": Mistake(
        Edit("themes.yaml", "- plumber-declined", "- gardener-first-days"),
        "- id: after-weeks-of-care",
        "gardener-first-days is in two themes; keep it in one",
    ),
    "a scenario in no theme": Mistake(
        Edit("themes.yaml", "    - plumber-declined\n", ""),
        None,
        "no theme has plumber-declined; add it to one",
    ),
    "a sentence about an unknown finding": Mistake(
        Edit("sentence.yaml", "{symptom_weeks}", "{symptoms_weeks}"),
        '- {id: since, says: "{symptoms_weeks} weeks", one: 1 week, none: less than a week}',
        "there is no finding symptoms_weeks; did you mean symptom_weeks?",
    ),
    "a sentence with a word that is not worked out": Mistake(
        Edit("sentence.yaml", '"{number} safety questions are open", one', '"{count} safety questions are open", one'),
        '- {id: safety_open, says: "{count} safety questions are open", one: 1 safety question is open}',
        "nothing is worked out as count for safety_open; write {number}",
    ),
    "a sentence without one of its pieces": Mistake(
        Edit("sentence.yaml", "- {id: firm, says: No open question can change this step}\n", ""),
        None,
        "needs words for firm",
    ),
    "a piece that no sentence has": Mistake(
        Edit("sentence.yaml", "- {id: firm,", "- {id: firmly, says: Sure}\n- {id: firm,"),
        "- {id: firmly, says: Sure}",
        "the sentence has no piece firmly; did you mean firm?",
    ),
    "a gate of an unknown option": Mistake(
        Edit("pathway.yaml", "[microdiscectomy, laminectomy,", "[microdiscectomy, laminectomies,"),
        "  - id: operation_possible",
        "there is no option laminectomies; did you mean laminectomy?",
    ),
    "a gate with other values": Mistake(
        Edit("pathway.yaml", "{yes: possible, no: ruled out}", "{yes: possible, never: ruled out}"),
        "  - id: injection_possible",
        "injection_possible needs words for exactly: yes, no",
    ),
    "a gate closed by a verdict that is none": Mistake(
        Edit("pathway.yaml", "[not_advised, not_indicated, contraindicated]", "[not_advised, not_indicate]"),
        "    closed by: [not_advised, not_indicate]",
        "entry 2 can't be not_indicate; did you mean not_indicated?",
    ),
    "a gate that nothing closes": Mistake(
        Edit("pathway.yaml", "[not_advised, not_indicated, contraindicated]", "[]"),
        "    closed by: []",
        "closed by must not be empty",
    ),
    "a gate that is a word of the program": Mistake(
        Edit("pathway.yaml", "  - id: injection_possible", "  - id: step_rule"),
        "  - id: step_rule",
        "step_rule means something else already; choose another id",
    ),
    "a gate that no rule reads": Mistake(
        Edit("pathway.yaml", "gates:\n", f"gates:\n{IDLE}"),
        IDLE.rstrip(),
        "no rule reads heat_possible; use it or drop it",
    ),
    "a step that may have recovered": Mistake(
        Edit("pathway.yaml", "recovered: yes", "recovered: perhaps"),
        "    recovered: perhaps",
        "recovered is yes or no, not perhaps",
    ),
    "a letter that is not there": Mistake(
        Edit("pathway.yaml", "letter: n\n", "letter:\n"), "    letter:", "letter must not be empty"
    ),
    "a set of itself": Mistake(
        Edit(SHARED, "sets:\n", f"sets:\n{OWN_SET}"), OWN_SET.rstrip(), "there is no option selves;"
    ),
    "a rule for no option": Mistake(
        Edit(PAIN, "    options: [tens]\n", "    options: []\n"), "    options: []", "options must not be empty"
    ),
    "a citation of two things": Mistake(
        Edit("ladder.yaml", "cites: [{statement: ", "cites: [{source: ng59, at: x, checked: primary, statement: "),
        None,
        "write one citation for each",
    ),
    "a reading without a source": Mistake(
        Edit("pathway.yaml", "    source: ng59\n", ""), "  - id: nice", "source is missing; add it here"
    ),
    "a reading of an unknown source": Mistake(
        Edit("pathway.yaml", "    source: ng59\n", "    source: ng599\n"),
        "  - id: nice",
        "there is no source ng599; did you mean ng59?",
    ),
    "two readings with one letter": Mistake(
        Edit("pathway.yaml", "    letter: n\n", "    letter: p\n"),
        "  - id: nice",
        "page has the letter p already; give nice another",
    ),
    "a letter that is a word": Mistake(
        Edit("pathway.yaml", "    letter: n\n", "    letter: ng\n"),
        "    letter: ng",
        "letter must be one small letter, from a to z, not ng",
    ),
    "a step that nobody reaches": Mistake(
        Edit("pathway.yaml", "  - id: surgery\n", f"{RESTING}  - id: surgery\n"),
        "  - {id: resting, title: Rest, says: Rest., is: rest, icon: loop}",
        "nobody reaches resting; write a rule that says it in data/ladder.yaml, or drop the step",
    ),
    "a step with a picture that there is not": Mistake(
        Edit("pathway.yaml", "icon: step_two", "icon: step_tow"),
        "    icon: step_tow",
        "icon can't be step_tow; did you mean step_two?",
    ),
    "a step that is a verdict's word": Mistake(
        Edit("pathway.yaml", "  - id: surgery\n", "  - id: later\n"),
        "  - id: later",
        "later means something else already; choose another id",
    ),
    "a route to which no red flag leads": Mistake(
        Edit("pathway.yaml", "  - id: stepped_care\n", f"{RESTING}  - id: stepped_care\n"),
        "  - {id: resting, title: Rest, says: Rest., is: rest, icon: loop}",
        "no red flag leads to resting; write one in data/red_flags.yaml, or drop the route",
    ),
    "no route that enters the ladder": Mistake(
        Edit("pathway.yaml", "    enters the ladder: yes\n", ""),
        "  - id: stepped_care",
        "stepped_care is the last route, so it needs enters the ladder: yes",
    ),
    "a rule that leads to a step that is none": Mistake(
        Edit("ladder.yaml", "  says: injection\n", "  says: injektion\n"),
        "- id: injection-step",
        "says can't be injektion; did you mean injection?",
    ),
    "a flag that leads to a route that is none": Mistake(
        Edit("red_flags.yaml", "  says: emergency\n", "  says: emergencies\n"),
        "- id: bladder-or-bowel-change",
        "says can't be emergencies; did you mean emergency?",
    ),
    "a scope of an unknown finding": Mistake(
        Edit("pathway.yaml", "scope: region", "scope: regions"),
        "id: radiculopathy",
        "there is no finding regions; did you mean region?",
    ),
    "an atlas of one finding": Mistake(
        Edit("pathway.yaml", "down: pain_severity", "down: conservative_weeks"),
        "atlas: {across: conservative_weeks, down: conservative_weeks}",
        "the atlas needs two different findings",
    ),
    "an example of an unknown scenario": Mistake(
        Edit("pathway.yaml", "scenario: driver-eight-weeks", "scenario: driver-nine-weeks"),
        "  scenario: driver-nine-weeks",
        "there is no scenario driver-nine-weeks; did you mean driver-eight-weeks?",
    ),
    "a caution that does not say if": Mistake(
        Edit("options/6-medicines.yaml", "    if open: If the person is over 65, care is needed.\n", ""),
        "  - options: [nsaids]",
        'a caution with when needs "if open": what it says while that is not known, as in: If it is so, ...',
    ),
    "an if of a caution that always holds": Mistake(
        Edit("options/1-manual-therapy.yaml", BLEEDING, f"    {IF}\n{BLEEDING}"),
        "  - options: manual-treatments",
        "a caution that always holds is never open; drop if open, or write when",
    ),
    "an unlikely answer that is no answer": Mistake(
        Edit("unlikely.yaml", "helped_for_a_while, not_helped]", "helped_a_while, not_helped]"),
        "- id: injection-before-its-step",
        "helped_a_while is not an answer for injection; did you mean helped_for_a_while?",
    ),
    "a number of nothing": Mistake(
        Edit("assumptions.yaml", "  unit: weeks\n", ""),
        "- id: conservative-trial-weeks",
        "conservative-trial-weeks is a number, so it needs a unit",
    ),
    "a term without a meaning": Mistake(
        Edit("glossary.yaml", "  meaning: Pulling the spine lengthwise.", '  meaning: " "'),
        '  meaning: " "',
        "meaning must not be empty",
    ),
    "a term without a form": Mistake(Edit("glossary.yaml", TENS, "  words: []"), "  words: []", "words must not be empty"),
    "a form in two terms": Mistake(
        Edit("glossary.yaml", "  words: [relative rest]", "  words: [relative rest, Tens]"),
        "- id: tens",
        "TENS is under relative-rest already; a form has one meaning",
    ),
    "a form twice in a term": Mistake(
        Edit("glossary.yaml", TENS, "  words: [TENS, tens]"),
        "- id: tens",
        "tens is under tens already; a form has one meaning"
    ),
    "a term that no text uses": Mistake(
        Edit("glossary.yaml", TENS, "  words: [TENS, leeches]"),
        "- id: tens",
        "no text of data/ that people see has leeches; drop it",
    ),
    "a form that only ever stands inside a longer one": Mistake(
        Edit("glossary.yaml", "[disc herniation, slipped disc]", "[disc herniation, slipped disc, disc]"),
        "- id: disc-herniation",
        "no text of data/ that people see has disc; drop it",
    ),
    "two terms with one id": Mistake(
        Edit("glossary.yaml", "- id: tens\n", "- id: traction\n"),
        "- id: traction",
        "the id traction is used twice; an id names one entry",
    ),
    "a term cites an unknown source": Mistake(
        Edit("glossary.yaml", "source: girft-ces", "source: girft-cess"),
        "- id: cauda-equina-syndrome",
        "there is no source girft-cess; did you mean girft-ces?",
    ),
    "a rule with the name of a flag's own": Mistake(
        Edit(PAIN, "id: tens-recorded-risk", "id: tens-unless-known"),
        "  - id: tens-unless-known",
        "tens-unless-known ends in -unless-known, which is kept for red flags; name it otherwise",
    ),
    "a condition asks for an unknown finding": Mistake(
        Edit(PAIN, RISK, "when: {is: {tens_risks: contraindicated}}"),
        "  - id: tens-recorded-risk",
        "there is no finding tens_risks; did you mean tens_risk?",
    ),
    "a condition asks for an unknown answer": Mistake(
        Edit(PAIN, RISK, "when: {is: {tens_risk: contraindicate}}"),
        "  - id: tens-recorded-risk",
        "contraindicate is not an answer for tens_risk; did you mean contraindicated?",
    ),
    "a condition asks for every answer": Mistake(
        Edit(PAIN, RISK, "when: {is: {tens_risk: [none, caution, contraindicated]}}"),
        "  - id: tens-recorded-risk",
        "tens_risk is asked for every answer that it has, so this is always so; drop it",
    ),
    "a condition counts what is no number": Mistake(
        Edit("ladder.yaml", "at least: {symptom_weeks: surgery-weeks}", "at least: {symptoms_weeks: surgery-weeks}"),
        "- id: injection-step",
        "there is no number symptoms_weeks; did you mean symptom_weeks?",
    ),
    "a condition compares with an unknown assumption": Mistake(
        Edit("ladder.yaml", "at least: {symptom_weeks: surgery-weeks}", "at least: {symptom_weeks: surgery-week}"),
        "- id: injection-step",
        "there is no assumption or number surgery-week; did you mean surgery-weeks?",
    ),
    "a condition of an unknown kind": Mistake(
        Edit("ladder.yaml", "    all:\n", "    every:\n"),
        "    every:",
        "there is no condition kind every; write is, at least, not, all or any",
    ),
    "a condition of a kind misspelt": Mistake(
        Edit(PAIN, RISK, "when: {nott: {is: {tens_risk: none}}}"),
        "    when: {nott: {is: {tens_risk: none}}}",
        "there is no condition kind nott; did you mean not?",
    ),
    "a condition of two kinds": Mistake(
        Edit(PAIN, RISK, "when: {is: {tens_risk: contraindicated}, any: []}"),
        "    when: {is: {tens_risk: contraindicated}, any: []}",
        "a condition is a map with one of: is, at least, not, all, any",
    ),
    "a rule speaks of an unknown option": Mistake(
        Edit(PAIN, "options: [tens]", "options: [tense]"),
        "  - id: tens-on-the-page",
        "there is no option tense; did you mean tens?",
    ),
    "an option of an unknown group": Mistake(
        Edit(PAIN, "group: pain-management", "group: pain-managment"),
        "  - id: heat-and-cold",
        "there is no group pain-managment; did you mean pain-management?",
    ),
    "a rule cites an unknown statement": Mistake(
        Edit(PAIN, "cites: [{statement: ultrasound-praise}]", "cites: [{statement: ultrasound-prais}]"),
        "  - id: ultrasound-praised",
        "there is no statement ultrasound-prais; did you mean ultrasound-praise?",
    ),
    "an option cites an unknown statement": Mistake(
        Edit(PAIN, "statements: [ultrasound-praise, ", "statements: [ultrasound-prais, "),
        "  - id: therapeutic-ultrasound",
        "there is no statement ultrasound-prais; did you mean ultrasound-praise?",
    ),
    "a rule cites an unknown source": Mistake(
        Edit(PAIN, "{source: sherwood-heat-ice, ", "{source: sherwood-heat-icee, "),
        "  - id: heat-and-cold-on-numb-skin",
        "there is no source sherwood-heat-icee; did you mean sherwood-heat-ice?",
    ),
    "a citation without how surely it is known": Mistake(
        Edit(PAIN, NUMB, "{source: sherwood-heat-ice, at: feeling}"),
        "  - id: heat-and-cold-on-numb-skin",
        "a citation is a statement, or a source with at and checked",
    ),
    "a rule rests on an unknown assumption": Mistake(
        Edit(PAIN, "assumption: back-only-treatments", "assumption: back-only-treatment"),
        "  - id: ultrasound-is-for-the-back",
        "there is no assumption back-only-treatment; did you mean back-only-treatments?",
    ),
    "an exception to an unknown rule": Mistake(
        Edit(PAIN, "overrides: [ultrasound-praised]", "overrides: [ultrasound-praise]"),
        "  - id: ultrasound-no-longer-advised",
        "there is no recommendation ultrasound-praise; did you mean ultrasound-praised?",
    ),
    "an exception to a rule of other options": Mistake(
        Edit(PAIN, "overrides: [ultrasound-praised]", "overrides: [tens-on-the-page]"),
        "  - id: ultrasound-no-longer-advised",
        "overrides tens-on-the-page, which speaks of options that it does not; let it speak of all of them",
    ),
    "a page rule that cites no statement": Mistake(
        Edit(PAIN, "    cites: [{statement: ultrasound-praise}]\n", ""),
        "  - id: ultrasound-praised",
        "its basis is page, so it needs a statement of the page",
    ),
    "a guideline rule that cites no source": Mistake(
        Edit(PAIN, f"    cites: [{PADS}]\n", ""),
        "  - id: tens-on-numb-skin",
        "its basis is guideline, so it needs an outside source",
    ),
    "a guideline rule whose source nobody can open": Mistake(
        Edit(PAIN, PADS, "{source: page, at: numb skin, checked: primary}"),
        "  - id: tens-on-numb-skin",
        "page has no address in data/sources.yaml, so only an entry whose basis is unsourced may cite it",
    ),
    "an assumption whose source nobody can open": Mistake(
        Edit("assumptions.yaml", "{source: ng127-terms, ", "{source: page, "),
        "- id: urgent-within-two-weeks",
        "page has no address in data/sources.yaml, so only an entry whose basis is unsourced may cite it",
    ),
    "an unsourced rule that cites what has an address": Mistake(
        Edit(PAIN, f"basis: guideline\n    cites: [{PADS}]", f"basis: unsourced\n    cites: [{PADS}]"),
        "  - id: tens-on-numb-skin",
        "its basis is unsourced, yet it cites houghton-2010, which has an address; write guideline, or drop it",
    ),
    "an address that is none": Mistake(
        Edit("sources.yaml", f"address: {OLD}", f"address: {OLD.removeprefix('https://')}"),
        "  address: www.nice.org.uk/guidance/cg88",
        "address: should be a web address that begins with https:// or http://",
    ),
    "an address of a copy that is none": Mistake(
        Edit("sources.yaml", '"https://www.windsorhousegrouppractice', '"javascript://www.windsorhousegrouppractice'),
        "  copy: {by: a practice that syndicates it, address: \"javascript://www.windsorhousegrouppractice.co.uk/conditions/sciatica/\"}",
        "address: should be a web address that begins with https:// or http://",
    ),
    "a source of which nobody says how it was seen": Mistake(
        Edit("sources.yaml", f"{OLD}\n  seen_as: secondary\n", f"{OLD}\n"),
        "- id: cg88",
        "cg88 has an address, so it needs seen_as: primary, secondary or unchecked",
    ),
    "an assumption rule that names none": Mistake(
        Edit(PAIN, "    assumption: back-only-treatments\n", ""),
        "  - id: ultrasound-is-for-the-back",
        "its basis is assumption, so it needs a named assumption",
    ),
    "a statement that is encoded and unused": Mistake(
        Edit("source/page.yaml", "    kind: out_of_scope", "    kind: encoded"),
        "  - id: clinic-location-heading",
        "clinic-location-heading is encoded, yet no option or rule cites it",
    ),
    "an option without a recommendation": Mistake(
        Edit(PAIN, "  - id: therapeutic-ultrasound\n", LEECHES),
        "  - id: leeches",
        "no recommendation speaks of leeches; write one",
    ),
    "a finding that nobody uses": Mistake(
        Edit("findings.yaml", "  - id: tens_risk\n", HAIR), "  - id: hair_colour", "no rule reads hair_colour; use it or drop it"
    ),
    "an assumption that nothing rests on": Mistake(
        Edit("assumptions.yaml", "- id: stepped-ladder\n", UNNEEDED),
        "- id: nobody-needs-it",
        "no rule rests on nobody-needs-it; use it or drop it",
    ),
    "an assumption outside its own range": Mistake(
        Edit("assumptions.yaml", "allowed: [6, 26]", "allowed: [13, 26]"),
        "- id: surgery-weeks",
        "surgery-weeks is 12, which its own allowed values leave out",
    ),
    "two rules with one id": Mistake(
        Edit(PAIN, "- id: tens-on-numb-skin", "- id: tens-recorded-risk"),
        None,
        "the id tens-recorded-risk is used twice; an id names one entry",
    ),
    "a recommendation with a red flag's id": Mistake(
        Edit(PAIN, "- id: tens-on-numb-skin", "- id: fracture"),
        "  - id: fracture",
        "the id fracture is used twice; an id names one entry",
    ),
    "a definition that reads a later one": Mistake(
        Edit("definitions.yaml", "- not: {is: {numbness: absent}}", "- is: {assessment_due: present}"),
        "- id: nerve_features",
        "reads assessment_due, which is defined further down; move assessment_due above it",
    ),
    "two definitions that read each other": Mistake(
        Edit("definitions.yaml", "- id: nerve_features", f"{CIRCLE}- id: nerve_features"),
        "- {id: one, name: x, when: {is: {two: present}}}",
        "reads two, which reads one in turn; let one of them read something else",
    ),
    "a step that asks a gate that asks the step": Mistake(
        Edit("options/7-injection.yaml", "when: {is: {injection: not_helped}}", "when: {is: {step: surgery}}"),
        "  - id: injection-did-not-help",
        "it can close the gate injection_possible: let it read findings or definitions",
    ),
    "a red flag that reads the route": Mistake(
        Edit("red_flags.yaml", "when: {is: {saddle_numbness: present}}", "when: {is: {route: [emergency, urgent]}}"),
        "- id: saddle-numbness",
        "saddle-numbness reads route, which is only known after it",
    ),
    "an unknown key": Mistake(
        Edit("pathway.yaml", "name: back pain", "nmae: Back\nname: back pain"),
        "nmae: Back",
        "there is no key nmae here; did you mean name?",
    ),
    "a key that is not there": Mistake(
        Edit("pathway.yaml", "    name: the clinic's page\n", ""), "  - id: page", "name is missing; add it here"
    ),
    "a verdict that is none": Mistake(
        Edit(PAIN, "says: contraindicated", "says: contraindicted"),
        "    says: contraindicted",
        "says can't be contraindicted; did you mean contraindicated?",
    ),
    "a basis that is none": Mistake(
        Edit(PAIN, "basis: guideline", "basis: guidance"),
        "    basis: guidance",
        "basis can't be guidance; write page, guideline, unsourced or assumption",
    ),
    "an id in capitals": Mistake(
        Edit(PAIN, "- id: tens-on-numb-skin", "- id: TENS on numb skin"),
        "  - id: TENS on numb skin",
        "TENS on numb skin is not an id; write lower-case words joined by -",
    ),
    "true where words belong": Mistake(
        Edit(PAIN, "    name: TENS", "    name: true"), "    name: true", "name must be text; put it in quotes"
    ),
    "a bell": Mistake(
        Edit(PAIN, "    name: TENS", '    name: "TENS\\a"'), '    name: "TENS\\a"', "has a control character; write plain text"
    ),
    "a key that is there twice": Mistake(
        Edit(PAIN, "    name: TENS", "    name: TENS\n    name: Tens"), "    name: Tens",
        "name is there twice in one map; keep one",
    ),
    "a list that is not closed": Mistake(
        Edit("ladder.yaml", "- id: recovered", "- id: [recovered"), None, "a comma or the closing ']' is missing"
    ),
    "a former id that is an id still": Mistake(
        Edit("renamed.yaml", "[]", "- {kind: finding, former: region, present: age}"),
        "- {kind: finding, former: region, present: age}",
        "region is the id of a finding still; a former id is one that is no longer used",
    ),
    "a former id that leads to nothing": Mistake(
        Edit("renamed.yaml", "[]", "- {kind: option, former: electricity, present: tans}"),
        "- {kind: option, former: electricity, present: tans}",
        "there is no option tans; did you mean tens?",
    ),
    "a former id twice": Mistake(
        Edit("renamed.yaml", "[]", f"{BONES}\n- {{kind: finding, former: bones, gone: x}}"),
        "- {kind: finding, former: bones, gone: x}",
        "bones is listed twice; a former id leads to one thing",
    ),
    "a former id that leads nowhere and says not why": Mistake(
        Edit("renamed.yaml", "[]", "- {kind: rule, former: old-rule}"),
        "- {kind: rule, former: old-rule}",
        "old-rule needs either present (what it is called now) or gone (why nothing replaces it)",
    ),
    "a former answer of no finding": Mistake(
        Edit("renamed.yaml", "[]", "- {kind: answer, former: no_way, present: declined}"),
        "- {kind: answer, former: no_way, present: declined}",
        "an answer, and nothing else, names its finding",
    ),
    "a former answer of an unknown finding": Mistake(
        Edit("renamed.yaml", "[]", "- {kind: answer, finding: injections, former: no_way, present: declined}"),
        "- {kind: answer, finding: injections, former: no_way, present: declined}",
        "there is no finding injections; did you mean injection?",
    ),
    "a former id of an unknown kind": Mistake(
        Edit("renamed.yaml", "[]", "- {kind: findings, former: bones, present: fragile_bones}"),
        "- {kind: findings, former: bones, present: fragile_bones}",
        "kind can't be findings; did you mean finding?",
    ),
    "a set of an unknown option": Mistake(
        Edit(SHARED, "options: [microdiscectomy, laminectomy, foraminotomy]}", "options: [microdiscotomy]}"),
        "  - {id: operations, options: [microdiscotomy]}",
        "there is no option microdiscotomy; did you mean microdiscectomy?",
    ),
    "an unknown set of options": Mistake(
        Edit(SHARED, "    options: treatments", "    options: treatment"),
        "  - id: on-hold-off-the-ladder",
        "there is no option treatment; did you mean treatments?",
    ),
    "a set that has options and leaves some out": Mistake(
        Edit(SHARED, "    all but: [self-management-education", "    options: [tens]\n    all but: [self-management-education"),
        "  - id: treatments",
        "treatments needs either options or all but",
    ),
    "a set with the id of an option": Mistake(
        Edit(SHARED, "  - {id: operations,", "  - {id: tens, options: [nsaids]}\n  - {id: operations,"),
        "  - {id: tens, options: [nsaids]}",
        "tens is the id of an option; name the set otherwise",
    ),
    "unknown evidence": Mistake(
        Edit(PAIN, "evidence: tens-risks", "evidence: tens-risk"),
        "  - id: tens-recorded-risk",
        "there is no evidence tens-risk; did you mean tens-risks?",
    ),
    "evidence that nothing cites": Mistake(
        Edit("evidence.yaml", "- id: tens-risks", f"- id: moon-light\n  cites: [{NUMB}]\n- id: tens-risks"),
        "- id: moon-light",
        "nothing cites moon-light; use it or drop it",
    ),
    "a text that names evidence it does not cite": Mistake(
        Edit(PAIN, "because: A recorded risk", "because: The list {tens-risks} says that a recorded risk"),
        "  - id: tens-recorded-risk",
        "{tens-risks} is not evidence with says that this entry cites; cite it, or mend the name",
    ),
    "evidence that rests on an unknown source": Mistake(
        Edit("evidence.yaml", "source: nhs-tens", "source: nhs-tons"),
        "- id: tens-risks",
        "there is no source nhs-tons; did you mean nhs-tens?",
    ),
    "a word for a verdict is missing": Mistake(
        Edit("labels.yaml", "- {id: later,", "- {id: later_on,"), None, "needs words for later"
    ),
}  # fmt: skip


def copied(folder: Path, *edits: Edit) -> Path:
    """A copy of the knowledge with edits in it."""
    made = folder / "data"
    shutil.copytree(data_folder(), made, ignore=shutil.ignore_patterns("schemas"))
    for edit in edits:
        apply_edit(edit, made)
    return made


def copied_lamp(folder: Path, edit: Edit) -> Path:
    """A copy of the small pathway to begin with, with an edit in it."""
    made = Path(shutil.copytree(TEMPLATE, folder / "lamp"))
    apply_edit(edit, made)
    return made


def apply_edit(edit: Edit, folder: Path) -> None:
    """Edits a file in a copy."""
    text = (folder / edit.file).read_text(encoding="utf-8")
    assert edit.old in text, f"{edit.file} no longer holds {edit.old!r}"
    (folder / edit.file).write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """What is wrong with the knowledge that is in a folder now: loading would remember what it was."""
    with pytest.raises(Unusable) as caught:
        loaded.__wrapped__(folder)
    return caught.value.faults


@pytest.fixture(scope="module")
def one_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge for many tests; each leaves it as it was."""
    return copied(tmp_path_factory.mktemp("one-copy"))


@contextmanager
def edited(folder: Path, edit: Edit) -> Iterator[None]:
    """A file is edited in the block, and is as before after it."""
    before = (folder / edit.file).read_bytes()
    apply_edit(edit, folder)
    try:
        yield
    finally:
        (folder / edit.file).write_bytes(before)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_knowledge_is_reported_with_its_file_and_line(mistake: str, one_copy: Path) -> None:
    edit, at, says = MISTAKES[mistake]
    file = one_copy / edit.file
    with edited(one_copy, edit):
        found = next(fault for fault in faults_of(one_copy) if says in fault.says)
        assert found.file == f"data/{edit.file}"
        if at is not None:
            assert found.line is not None
            assert file.read_text(encoding="utf-8").splitlines()[found.line - 1] == at


def test_a_bell_in_a_bundled_scenario_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text('answers: {}\ntitle: "A bell \\a"\n', encoding="utf-8")
    with pytest.raises(Unusable, match=r"data/scenarios/mine\.yaml:2: has a control character"):
        scenario_document(path)


def test_the_second_entry_with_an_id_is_reported(tmp_path: Path) -> None:
    folder = copied(tmp_path, MISTAKES["two rules with one id"].edit)
    (fault,) = faults_of(folder)
    lines = (folder / PAIN).read_text(encoding="utf-8").splitlines()
    assert fault.line == max(number for number, line in enumerate(lines, 1) if line == "  - id: tens-recorded-risk")


def test_several_mistakes_are_reported_at_once_in_reading_order(tmp_path: Path) -> None:
    names = (
        "a condition compares with an unknown assumption",
        "an exception to an unknown rule",
        "a rule cites an unknown source",
        "a finding that nobody uses",
        "a statement that is encoded and unused",
    )
    faults = faults_of(copied(tmp_path, *(MISTAKES[name].edit for name in names)))
    assert {fault.says for fault in faults} == {MISTAKES[name].says for name in names}
    assert [(fault.file, fault.line) for fault in faults] == sorted((fault.file, fault.line or 0) for fault in faults)


def test_faults_of_shape_are_reported_at_once_too(tmp_path: Path) -> None:
    names = ("an unknown key", "a verdict that is none", "a condition of an unknown kind", "a list that is not closed")
    edits = [MISTAKES[name].edit for name in names[:3]]
    faults = faults_of(copied(tmp_path, *edits, Edit("labels.yaml", "- {id: later,", "- {id: [later,")))
    assert {fault.file for fault in faults} == {"data/pathway.yaml", f"data/{PAIN}", "data/ladder.yaml", "data/labels.yaml"}


def test_a_file_of_the_knowledge_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "ladder.yaml").unlink()
    assert faults_of(folder) == (Fault("data/ladder.yaml", None, NO_PART),)


NO_OPTIONS = "there is no file in it; write the options into one, as options.yaml"


def test_a_folder_without_options_is_reported(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.rmtree(folder / "options")
    assert faults_of(folder) == (Fault("data/options", None, NO_OPTIONS),)


UNREAD = {
    "definition.yaml": "is not read; did you mean definitions.yaml? Or move it out of the folder",
    "options.yaml": "is not read; move it into options/",
    "options/more.yml": "is not read; name it more.yaml, or move it out of the folder",
    "scenarios/MORE.YAML": "is not read; name it MORE.yaml, or move it out of the folder",
    "source/old.yaml": "is not read; did you mean sources.yaml? Or move it out of the folder",
}
"""Files that would otherwise be ignored in silence, and the message about each."""


def test_files_that_are_not_read_are_reported_except_hidden_ones(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in (*UNREAD, ".hidden.yaml", "options/.hidden.yaml", "scenarios/.hidden.yaml", "notes.txt"):
        (folder / name).write_text("[", encoding="utf-8")
    outcome = inspection.inspect_knowledge(load(folder))
    assert {fault.file.removeprefix("data/"): fault.says for fault in outcome.faults} == UNREAD


def test_a_fault_that_several_inspections_meet_is_reported_once(tmp_path: Path) -> None:
    outcomes = inspection.inspect(copied_lamp(tmp_path, Edit("changes.yaml", "how: freely", "how: frely")))
    assert [fault.says for outcome in outcomes for fault in outcome.faults] == ["how can't be frely; did you mean freely?"]


def test_a_case_that_no_rule_covers_is_reported_by_check_and_by_explain(tmp_path: Path) -> None:
    folder = copied_lamp(tmp_path, Edit("options/options.yaml", "when: {is: {step: battery}}", "when: {is: {step: bulb}}"))
    says = "no recommendation covers new-battery here; write"
    assert f"{folder}/scenarios/dark-lamp.yaml:3: {says}" in CliRunner().invoke(main, ["--data", str(folder), "check"]).output
    explained = CliRunner().invoke(main, ["--data", str(folder), "explain", "dark-lamp"])
    assert explained.exit_code == 2
    assert explained.stderr.startswith(f"the knowledge base: {says}") and f"in {folder}/options/" in explained.stderr


@pytest.mark.parametrize("part", ["routes", "steps", "readings", "atlas", "example"])
def test_a_part_that_is_missing_is_named(part: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / "pathway.yaml"
    path.write_text(path.read_text("utf-8").replace(f"\n{part}:", f"\nnot-{part}:"), "utf-8")
    assert f"{part} is missing; add it here" in {fault.says for fault in faults_of(folder)}


def test_a_folder_without_any_file_is_one_fault_that_says_how_to_begin(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nothing")
    assert fault.says.endswith("`pathway new FOLDER` makes a folder that has them")


@pytest.mark.usefixtures("proved_once")
def test_the_knowledge_as_it_is_has_no_fault(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert load(folder).hash == load().hash
    outcomes = inspection.inspect(folder)
    assert [outcome.faults for outcome in outcomes] == [()] * len(outcomes)
    assert all(outcome.checks > 50 for outcome in outcomes)


def test_a_bundled_scenario_with_a_fault_is_reported(tmp_path: Path) -> None:
    folder = copied_lamp(tmp_path, Edit("scenarios/dark-lamp.yaml", "battery_changed: not_yet", "battery_changed: not_jet"))
    *_, said, count = inspection.report(inspection.inspect(folder))
    assert said == "data/scenarios/dark-lamp.yaml:8: not_jet is not an answer for battery_changed; did you mean not_yet?"
    assert count == "1 fault."


def test_a_bundled_scenario_with_another_result_than_expected_is_reported(tmp_path: Path) -> None:
    folder = copied(tmp_path, Edit("scenarios/driver-eight-weeks.yaml", "route: stepped_care", "route: urgent"))
    for file in (folder / "scenarios").iterdir():
        if file.name != "driver-eight-weeks.yaml":
            file.unlink()
    outcome = inspection.inspect_scenarios(load(), folder)
    assert [str(fault).partition(":")[0] for fault in outcome.faults] == ["data/scenarios/driver-eight-weeks.yaml"] * 2
    line = 1 + (folder / "scenarios/driver-eight-weeks.yaml").read_text("utf-8").splitlines().index("  route: urgent")
    says = "route should be urgent with guidance page, but is stepped_care; mend a rule, or what is expected here"
    assert outcome.faults[0] == Fault("data/scenarios/driver-eight-weeks.yaml", line, says)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The commands read knowledge with many faults; how many."""
    folder = copied(
        tmp_path, *(Edit(PAIN, "basis: guideline", "basis: guidance") for _ in range(3)), Edit("ladder.yaml", "when:", "wen:")
    )
    text = (folder / "findings.yaml").read_text(encoding="utf-8")
    (folder / "findings.yaml").write_text(text.replace("question:", "quesion:"), encoding="utf-8")

    def load_broken() -> object:
        return load(folder)

    monkeypatch.setattr("pathway.cli.inputs.the_pathway", load_broken)
    monkeypatch.setattr("pathway.cli.inspections.load", lambda _: load_broken())
    return len(faults_of(folder))


def test_check_prints_every_fault_and_counts_them(broken: int) -> None:
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert broken > 20
    assert len([line for line in lines if line.startswith("data/")]) == broken
    assert f"{broken} faults." in lines


@pytest.mark.parametrize("command", ["explain driver-eight-weeks", "explain", "scenarios", "rules", "source page.txt"])
def test_other_commands_say_to_run_check(command: str, broken: int) -> None:
    result = CliRunner().invoke(main, command.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0] == f"the knowledge base: has {broken} faults; `pathway check` lists all of them"
    assert len(lines) == 21
    assert lines[-1] == f"... and {broken - 19} more"
