"""Each law as formulas: who it speaks of, and how one of them would break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathway.conditions.tree import Condition, expanded
from pathway.knowledge.base import unless
from pathway.knowledge.vocabulary import ROUTES, STEPS, UNDETERMINED, VERDICTS
from pathway.proof.laws.law import Compare, Law, MoreKnown
from pathway.proof.laws.load import SAID, VERDICT, options
from pathway.proof.symbolic.conditions import Answered, Pair, Possible, Symbols, Word
from pathway.proof.symbolic.decision import OFF, Values, gate_words
from pathway.proof.symbolic.formulas import Algebra, Formula
from pathway.proof.symbolic.scenarios import Person, Space
from pathway.proof.symbolic.z3_solver import Deadline


@dataclass(frozen=True)
class Claim:
    """Whom a law speaks of (`about` holds of them), and each way to break it. `people` are the scenarios, first to last."""

    people: tuple[Person, ...]
    about: tuple[Formula, ...]
    applies: Formula
    broken: Mapping[str, Formula]
    """What is broken (an option, the step, the route) and how."""


@dataclass(frozen=True)
class Said:
    """What the rules of an option say, those included that an exception takes out."""

    logic: Algebra
    rules: tuple[tuple[str, Pair], ...]

    def among(self, answers: tuple[str, ...]) -> Pair:
        """Whether a rule that says one of these holds."""
        rules = [rule for says, rule in self.rules if says in answers]
        return Pair(self.logic.any(rule.yes for rule in rules), self.logic.all(rule.no for rule in rules))


def claim(law: Law, space: Space) -> Claim:
    """A law about scenarios as formulas."""
    if law.then is not None:
        return _of_one(law, law.then, space)
    if law.compare is not None:
        return _of_two(law, law.compare, space)
    assert law.knowing_more is not None, "a law about rules is read by `structure`"
    return _of_more(law.knowing_more, space)


def _of_one(law: Law, then: Condition, space: Space) -> Claim:
    person, logic = space.anyone, space.logic
    pairs = {name or "": _both(law.where, then, person, name, space) for name in options(law, space.knowledge) or ("",)}
    broken = {name: logic.all([where.yes, logic.no(then.yes)]) for name, (where, then) in pairs.items()}
    return Claim((person,), person.sound, logic.any(where.yes for where, _ in pairs.values()), broken)


def _both(where: Condition, then: Condition, person: Person, option: str, space: Space) -> tuple[Pair, Pair]:
    symbols = decided_symbols(person, option, space)
    written_out = space.knowledge.written_out
    return symbols.read(expanded(where, written_out)), symbols.read(expanded(then, written_out))


def decided_symbols(person: Person, option: str, space: Space) -> Symbols:
    """What the variables of a law stand for: answers, what they lead to, and the verdict of one option."""
    logic, found = space.logic, person.outcome
    words: dict[str, Word] = {
        "route": Answered(logic, found.route),
        **gate_words(found.gates, logic),
        "step": Answered(logic, person.step),
        "step_rule": Possible(logic, found.step_rule),
    }
    if option:
        words[VERDICT] = Answered(logic, person.verdicts[option])
        words[SAID] = said(person.symbols.with_words(words), option, space)
    return person.symbols.with_words(words)


def said(symbols: Symbols, option: str, space: Space) -> Said:
    """What the option's rules say, exceptions not taken off."""
    written_out = space.knowledge.written_out
    rules = space.knowledge.spoken_of[option]
    return Said(space.logic, tuple((rule.says, symbols.read(expanded(rule.when, written_out))) for rule in rules))


def trivial(law: Law, space: Space, until: Deadline) -> bool:
    """Whether no rule base could break the law: it would hold whatever route, step and verdict were."""
    if law.then is None:
        return False
    person, logic, written_out = space.anyone, space.logic, space.knowledge.written_out
    free = {name: {value: logic.truth(f"any.{name}={value}") for value in values} for name, values in _values(space).items()}
    symbols = person.symbols.with_words({name: Answered(logic, values) for name, values in free.items()})
    where, then = (symbols.read(expanded(part, written_out)) for part in (law.where, law.then))
    about = (*person.sound, *map(logic.one_of, map(dict.values, free.values())))
    return logic.solver(*space.settings(), *about).model(where.yes, logic.no(then.yes), until=until) is None


def _values(space: Space) -> dict[str, tuple[str, ...]]:
    known = {
        name: tuple(space.knowledge.derived[name].answers) for name in ("route", *space.knowledge.gates, "step", "step_rule")
    }
    return {**known, VERDICT: VERDICTS, SAID: VERDICTS}


def _of_two(law: Law, compare: Compare, space: Space) -> Claim:
    one = space.anyone
    other = space.like(one, compare.finding)
    about = [*one.sound, *other.sound]
    lower = step_below(other, one) if compare.never_lowers == "step" else less_urgent(other, one)
    where = expanded(law.where, space.knowledge.written_out)
    spoken_of = space.logic.all(decided_symbols(person, "", space).read(where).yes for person in (one, other))
    broken: dict[str, Formula] = {compare.never_lowers: space.logic.all([spoken_of, lower])}
    return Claim((one, other), (*about, *_differ(one, other, compare)), spoken_of, broken)


def _differ(one: Person, other: Person, compare: Compare) -> Iterator[Formula]:
    logic = one.space.logic
    if compare.grows:
        yield other.numbers[compare.finding].value > one.numbers[compare.finding].value
    else:
        yield logic.any(one.words[compare.finding][answer] for answer in compare.before)
        yield logic.any(other.words[compare.finding][answer] for answer in compare.after)


def step_below(one: Person, other: Person) -> Formula:
    """One's step is lower than the other's; off the ladder is above every step."""
    return _before(one.step, other.step, (*STEPS, OFF), one.space.logic)


def less_urgent(one: Person, other: Person) -> Formula:
    """One's route is less urgent than the other's; an open route is neither."""
    return _before(one.outcome.route, other.outcome.route, tuple(reversed(ROUTES)), one.space.logic)


def _before(one: Values, other: Values, order: tuple[str, ...], logic: Algebra) -> Formula:
    pairs = [(low, high) for number, high in enumerate(order) for low in order[:number]]
    return logic.any(logic.all([one[low], other[high]]) for low, high in pairs)


def _of_more(kind: MoreKnown, space: Space) -> Claim:
    less, more = space.person("less"), space.person("more")
    logic = space.logic
    about = [*less.well_formed(), *more.well_formed(), *more.consistent(), *_extends(less, more)]
    match kind:
        case "keeps_what_is_decided":
            broken = {"route": _leaves(less, more), **_changed(less, more)}
        case "never_lowers_urgency":
            broken = {"route": logic.all([less_urgent(more, less), logic.no(_lowered(less, more))])}
        case "leaves_out_nothing":
            about += more.complete()
            broken = _left_out(less, more)
        case "never_shows_a_stronger_step":
            about += more.complete()
            broken = {"step": step_below(more, less)}
    return Claim((less, more), tuple(about), logic.true, broken)


def _extends(less: Person, more: Person) -> Iterator[Formula]:
    logic = less.space.logic
    for finding, words in less.words.items():
        yield from (logic.implies(held, more.words[finding][word]) for word, held in words.items())
    for finding, number in less.numbers.items():
        same = logic.all([more.numbers[finding].known, more.numbers[finding].value == number.value])
        yield logic.implies(number.known, same)


def _leaves(less: Person, more: Person) -> Formula:
    on_ladder = [person.outcome.route["stepped_care"] for person in (less, more)]
    return less.space.logic.all([on_ladder[0], less.space.logic.no(on_ladder[1])])


def _changed(less: Person, more: Person) -> dict[str, Formula]:
    logic = less.space.logic
    kept = logic.any(logic.all([less.outcome.route[route], more.outcome.route[route]]) for route in ROUTES)
    pairs = {"step": (less.step, more.step)} | {name: (now, more.verdicts[name]) for name, now in less.verdicts.items()}
    return {name: logic.all([kept, _taken_back(now, then, logic)]) for name, (now, then) in pairs.items()}


def _taken_back(now: Values, then: Values, logic: Algebra) -> Formula:
    return logic.any(logic.all([held, logic.no(then[value])]) for value, held in now.items() if value != UNDETERMINED)


def _lowered(less: Person, more: Person) -> Formula:
    """A rule's `unless known` became known, which is the one way to a less urgent route."""
    names = [unless(flag.id) for flag in less.space.knowledge.red_flags.values() if flag.unless_known is not None]
    logic = less.space.logic
    return logic.any(logic.all([more.outcome.held[name].yes, logic.no(less.outcome.held[name].yes)]) for name in names)


def _left_out(less: Person, more: Person) -> dict[str, Formula]:
    logic = less.space.logic
    same = [logic.all([less.outcome.route[route], more.outcome.route[route]]) for route in ROUTES]
    comparable = logic.any([*same, logic.all([less.outcome.route[UNDETERMINED], more.outcome.route["stepped_care"]])])
    pairs = {"step": (less.outcome.step, more.step)}
    pairs |= {name: (values, more.verdicts[name]) for name, values in less.outcome.verdicts.items()}
    return {name: logic.all([comparable, _missing(possible, truly, logic)]) for name, (possible, truly) in pairs.items()}


def _missing(possible: Values, truly: Values, logic: Algebra) -> Formula:
    return logic.any(logic.all([truly[value], logic.no(held)]) for value, held in possible.items())
