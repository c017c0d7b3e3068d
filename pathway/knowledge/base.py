"""The knowledge base: everything in `data/`, with the tables that deciding and explaining derive from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from pathway.conditions.tree import AllOf, Condition, Not, expand_definitions, unsatisfiable, variables
from pathway.knowledge.models import (
    ABSENT_OR_PRESENT,
    Assumption,
    CardQuestion,
    Caution,
    Contradiction,
    Definition,
    Derived,
    Entry,
    Evidence,
    Finding,
    FormerId,
    Frame,
    Group,
    Kind,
    Label,
    Option,
    OptionGroup,
    Phrase,
    Recommendation,
    RedFlag,
    Review,
    Rule,
    Source,
    StepRule,
    Term,
    Theme,
)
from pathway.knowledge.outline import Gate, Outline, Reading, Route, Step
from pathway.knowledge.vocabulary import OFF_LADDER, READING, ROUTE, STEP, STEP_RULE, UNDETERMINED, VERDICTS
from pathway.model import FrozenModel
from pathway.phrases import all_of
from pathway.source import Ledger

if TYPE_CHECKING:  # a real import would be circular
    from pathway.knowledge.changes import Changes


class Knowledge(FrozenModel):
    """Everything in `data/`, checked. `hash` identifies the contents of the files, so a result can name its edition."""

    hash: str
    folder: Path
    """The folder it was read from, which also holds `laws.yaml` and `changes.yaml`."""
    outline: Outline
    """What the pathway is made of: readings, routes, steps and gates."""
    frame: Frame
    labels: tuple[Label, ...]
    """Of verdicts, bases and levels of evidence."""
    groups: tuple[Group, ...]
    findings: dict[str, Finding]
    definitions: dict[str, Definition]
    assumptions: dict[str, Assumption]
    sources: dict[str, Source]
    red_flags: dict[str, RedFlag]
    step_rules: dict[str, StepRule]
    option_groups: tuple[OptionGroup, ...]
    options: dict[str, Option]
    option_sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """For each set its options. Entries name none of them: the sets in them were written out."""
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    recommendations: dict[str, Recommendation]
    cautions: tuple[Caution, ...]
    contradictions: tuple[Contradiction, ...]
    unlikely: tuple[Contradiction, ...]
    terms: dict[str, Term]
    themes: tuple[Theme, ...]
    first_card: tuple[CardQuestion, ...]
    """The first questions, asked together on one card."""
    sentence: dict[str, Phrase]
    """The pieces of the one sentence about a scenario."""
    renamed: tuple[FormerId, ...]
    ledger: Ledger
    reviews: tuple[Review, ...] = ()
    """They don't count for `hash`: a review changes nothing that it is about."""

    def __hash__(self) -> int:
        """Return a hash for the keys of caches; it is quick, because it reads no table."""
        return hash((self.hash, self.folder))

    def rules(self) -> Iterable[Rule]:
        """Yield every red flag, step rule and recommendation, in file order."""
        yield from self.red_flags.values()
        yield from self.step_rules.values()
        yield from self.recommendations.values()

    def conditions(self) -> Iterator[tuple[Entry, Condition]]:
        """Yield every condition with its entry."""
        yield from self.deciding_conditions()
        yield from ((entry, entry.when) for entry in self.unlikely)
        yield from ((group, group.first_when) for group in self.groups if group.first_when is not None)

    def deciding_conditions(self) -> Iterator[tuple[Entry, Condition]]:
        """Yield the conditions that can change a result or exclude a scenario, with their entries.

        Conditions that only cause a warning or order the questions are left out.
        """
        for table in (self.definitions.values(), self.rules(), self.cautions, self.contradictions):
            yield from ((entry, entry.when) for entry in table)
        for flag in self.red_flags.values():
            if flag.downgraded_by is not None:
                yield flag, flag.downgraded_by

    def former_ids(self, kind: Kind, finding: str | None = None) -> Mapping[str, str | None]:
        """Return the present id of each former id of a kind (for answers: of a finding); None where it was removed."""
        return {entry.former: entry.present for entry in self.renamed if (entry.kind, entry.finding) == (kind, finding)}

    def removal_reason(self, kind: Kind, former: str, finding: str | None = None) -> str:
        """Return why a former id was removed; empty where it was not."""
        reasons = (entry.gone for entry in self.renamed if (entry.kind, entry.finding, entry.former) == (kind, finding, former))
        return next(reasons, None) or ""

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The ids of the readings, first the one that is followed unless another is chosen."""
        return tuple(reading.id for reading in self.outline.readings)

    @cached_property
    def routes(self) -> tuple[str, ...]:
        """The ids of the routes, the most urgent first; the last one enters the ladder."""
        return tuple(route.id for route in self.outline.routes)

    @property
    def ladder_route(self) -> str:
        """The route that enters the ladder."""
        return self.routes[-1]

    @property
    def off_ladder(self) -> tuple[str, ...]:
        """The routes that lead off the ladder, the most urgent first."""
        return self.routes[:-1]

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The ids of the steps, the lowest first."""
        return tuple(step.id for step in self.outline.steps)

    @cached_property
    def rungs(self) -> tuple[str, ...]:
        """The steps on the ladder; at the others someone has recovered."""
        return tuple(step.id for step in self.outline.steps if not step.recovered)

    @cached_property
    def icons(self) -> Mapping[str, str]:
        """For each route and each step the name of its picture."""
        return {place.id: place.icon for place in self._routes_and_steps}

    @property
    def _routes_and_steps(self) -> tuple[Route | Step, ...]:
        return (*self.outline.routes, *self.outline.steps)

    @cached_property
    def places(self) -> tuple[tuple[str, str | None], ...]:
        """Where a person can belong: the routes off the ladder, then each step of the route that enters it."""
        return (*((route, None) for route in self.off_ladder), *((self.ladder_route, step) for step in self.steps))

    @property
    def all_readings(self) -> str:
        """The readings in a sentence: `the page and the handbook`."""
        return all_of([reading.short for reading in self.outline.readings])

    def reading(self, name: str) -> Reading:
        """Return a reading by its id."""
        return next(reading for reading in self.outline.readings if reading.id == name)

    def label(self, word: str) -> Label:
        """Return the label of a verdict, a route, a step, a basis or a level of evidence. Raises KeyError."""
        return self.label_of[word]

    @cached_property
    def label_of(self) -> Mapping[str, Label]:
        """The label of each verdict, route, step, basis and level of evidence."""
        return {label.id: label for label in (*map(_label, self._routes_and_steps), *self.labels)}

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """The words for each variable that is chosen or worked out, by its id."""
        outline = self.outline
        routes = {route.id: route.answer for route in outline.routes} | {UNDETERMINED: "still open"}
        steps = {step.id: step.answer for step in outline.steps} | {OFF_LADDER: "off the ladder"}
        reasons = {rule.id: rule.reason or rule.id for rule in self.step_rules.values()}
        words = (
            _derived(outline, READING, "the guidance", {reading.id: reading.name for reading in outline.readings}),
            _derived(outline, ROUTE, "the route", routes),
            _derived(outline, STEP, "the step", steps),
            _derived(outline, STEP_RULE, "the reason for the step", reasons),
            *(_derived(gate, gate.id, gate.name, gate.answers) for gate in outline.gates),
        )
        return {entry.id: entry for entry in words}

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """The findings that are red flags whenever they are present: those of the safety groups that are absent or present."""
        return tuple(name for name in self.safety_findings if self.findings[name].answers.keys() == ABSENT_OR_PRESENT.keys())

    @cached_property
    def safety_findings(self) -> Mapping[str, None]:
        """The findings of the safety groups, in order: a set that keeps its order."""
        safety = {group.id for group in self.groups if group.is_safety_group}
        return dict.fromkeys(finding.id for finding in self.findings.values() if finding.group in safety)

    @cached_property
    def safety_questions(self) -> tuple[str, ...]:
        """The questions of the safety groups that are answered in words; a number only adds to one of them."""
        return tuple(name for name in self.safety_findings if self.findings[name].answers)

    @cached_property
    def findings_by_group(self) -> Mapping[str, tuple[str, ...]]:
        """For each group its findings."""
        return {
            group.id: tuple(finding.id for finding in self.findings.values() if finding.group == group.id)
            for group in self.groups
        }

    @cached_property
    def red_flags_by_urgency(self) -> tuple[RedFlag, ...]:
        """The red flags, those of the most urgent route first."""
        return tuple(sorted(self.red_flags.values(), key=lambda flag: self.routes.index(flag.says)))

    @cached_property
    def default_values(self) -> Mapping[str, int | str]:
        """The default value of each assumption that has a value."""
        return {name: assumption.value for name, assumption in self.assumptions.items() if assumption.value is not None}

    @cached_property
    def changes(self) -> Changes:
        """For each finding, how its answer may change and what time does to it. Raises Unusable with every fault."""
        from pathway.knowledge.changes import load_changes

        return load_changes(self, self.folder)

    @cached_property
    def expanded_definitions(self) -> Mapping[str, Condition]:
        """For each definition, its condition with inner definitions expanded."""
        expanded: dict[str, Condition] = {}
        for definition in self.definitions.values():  # loading checks that each reads only earlier ones
            expanded[definition.id] = expand_definitions(definition.when, expanded)
        return expanded

    @cached_property
    def warning_conditions(self) -> tuple[tuple[str, Condition], ...]:
        """The text of each contradiction and each unlikely answer, with its condition, definitions expanded."""
        entries = (*self.contradictions, *self.unlikely)
        return tuple((entry.text, expand_definitions(entry.when, self.expanded_definitions)) for entry in entries)

    @cached_property
    def contradiction_conditions(self) -> Mapping[str, Condition]:
        """For each contradiction, its condition with definitions expanded."""
        return {entry.id: expand_definitions(entry.when, self.expanded_definitions) for entry in self.contradictions}

    @cached_property
    def first_conditions(self) -> Mapping[str, Condition]:
        """For each group that may come first, the condition of that, definitions expanded."""
        return {
            group.id: expand_definitions(group.first_when, self.expanded_definitions)
            for group in self.groups
            if group.first_when is not None
        }

    @cached_property
    def rule_conditions(self) -> Mapping[str, Condition]:
        """For each rule id, the condition that the engine evaluates: definitions expanded, exceptions excluded."""
        exceptions: dict[str, list[Condition]] = {}
        for rule in self.recommendations.values():
            for name in rule.overrides:
                exceptions.setdefault(name, []).append(Not(rule.when))
        return {
            rule.id: expand_definitions(AllOf((rule.when, *exceptions.get(rule.id, ()))), self.expanded_definitions)
            for rule in self.rules()
        } | {
            downgrade_id(flag.id): expand_definitions(flag.downgraded_by, self.expanded_definitions)
            for flag in self.red_flags.values()
            if flag.downgraded_by is not None
        }

    @cached_property
    def gates(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """For each gate, a tuple for each of its options: the ids of the rules that can rule that option out.

        Gates are evaluated before the step.
        """
        return {gate.id: tuple(self._closing(gate, option) for option in gate.options) for gate in self.outline.gates}

    def _closing(self, gate: Gate, option: str) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.rules_by_option.get(option, ()) if rule.says in gate.closed_by)

    @cached_property
    def evaluation_order(self) -> tuple[tuple[str, ...], ...]:
        """The rule ids in three levels: each level reads only what earlier levels derive."""
        level = {**dict.fromkeys(self.gates, 1), ROUTE: 1, STEP: 2, STEP_RULE: 2}
        levels: list[list[str]] = [[], [], []]
        for rule, condition in self.rule_conditions.items():
            levels[max((level.get(name, 0) for name in variables(condition)), default=0)].append(rule)
        return tuple(tuple(rules) for rules in levels)

    @cached_property
    def rules_by_option(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """For each option, its recommendations in order of precedence: the verdict that wins comes first."""
        ranked = sorted(self.recommendations.values(), key=lambda rule: VERDICTS.index(rule.says))
        return {option: tuple(rule for rule in ranked if option in rule.options) for option in self.options}

    @cached_property
    def winnable_rules_by_option(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """The rules of each option that can win: drops any whose condition implies an earlier rule, whatever is unknown."""
        return {option: tuple(self._that_can_win(rules)) for option, rules in self.rules_by_option.items()}

    def _that_can_win(self, rules: Iterable[Recommendation]) -> Iterable[Recommendation]:
        answers = {finding.id: tuple(finding.answers) for finding in self.findings.values() if finding.answers}
        excepted = {name for rule in self.recommendations.values() for name in rule.overrides}
        before: list[Condition] = []
        for rule in rules:
            if not unsatisfiable((rule.when, *before), answers):
                yield rule
            if rule.id not in excepted:
                before.append(Not(rule.when))


def downgrade_id(flag: str) -> str:
    """Return the id under which a red flag's `downgraded_by` condition is evaluated."""
    return f"{flag}-unless-known"


def _label(place: Route | Step) -> Label:
    none_fits = place.none_fits if isinstance(place, Step) else None
    return Label(file=place.file, line=place.line, id=place.id, title=place.title, says=place.says, none_fits=none_fits)


def _derived(entry: Entry, name: str, words: str, answers: dict[str, str]) -> Derived:
    return Derived(file=entry.file, line=entry.line, id=name, name=words, answers=answers)
