"""Does a credit last exactly as long as its calls cost? A million random answers of `seconds_for`.

Run it as `python -m tests.property.million [CASES] [SEED]`; it prints how far it has come and ends
with 1 at the first answer that does not hold. All rules are mixed. The suite runs the first 2000.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from random import Random

from app.domain.credit import UNLIMITED, payable, seconds_for
from app.domain.money import Money
from app.domain.rating import rate_call
from app.domain.tariff import SECONDS_MAX
from tests.property.rating_cases import (
    NUMBER,
    Case,
    any_moment,
    any_rules,
    any_seconds,
    case_under,
)

CASES = 1_000_000
SEED = 1
CASES_A_SHOP = 100
PROGRESS = 20_000
DAYS_OF_THE_LONGEST_CALL = 30


def random_cases(seed: int, count: int) -> Iterator[tuple[Random, Case]]:
    """Yield cases; a hundred share rules, whose days are then worked out once."""
    rng = Random(seed)
    while count > 0:
        zone, at = any_moment(rng)
        rules = any_rules(rng, zone, at)
        for _ in range(min(count, CASES_A_SHOP)):
            yield rng, case_under(rng, rules, at)
        count -= CASES_A_SHOP


def pays(case: Case, seconds: int) -> Money:
    """Return what a customer pays for one call of so many seconds."""
    charge = rate_call(case.tariff, NUMBER, case.at, seconds * 1000, payer=case.payer)
    assert charge is not None
    return payable(case.tariff, (charge,))


def any_credit(rng: Random, case: Case) -> Money:
    """Return a credit, most often one that a call costs to the cent."""
    if rng.randrange(8) == 0:
        return Money(rng.randrange(-5, 100_000))
    return pays(case, any_seconds(rng)) + Money(rng.choice((-1, 0, 0, 1, 7)))


def fault_of(rng: Random, case: Case) -> str:
    """Return what is wrong with the answer for a random credit, "" where nothing is."""
    credit = any_credit(rng, case)
    found = seconds_for(case.tariff, NUMBER, case.at, credit, case.payer)
    first = case.rate.first_increment
    if found is UNLIMITED:
        longest = DAYS_OF_THE_LONGEST_CALL * SECONDS_MAX
        tried = {first - 1, first, longest, rng.randrange(longest), SECONDS_MAX + 1}
    elif isinstance(found, int) and 0 <= found <= SECONDS_MAX:
        tried = {found, rng.randrange(found + 1), rng.randrange(found + 1)}
        tried |= {seconds for seconds in (first - 1, first) if seconds <= found}
        if found < SECONDS_MAX and pays(case, found + 1) <= credit:
            return f"a second more than {found} is no dearer than {credit}"
    else:
        return f"{found} is no answer"
    for seconds in tried:
        if pays(case, seconds) > max(credit, Money(0)):
            return f"{found} for {credit}, but {seconds} seconds cost {pays(case, seconds)}"
    return ""


def first_fault(seed: int, count: int, progress: int = 0) -> str:
    """Check so many cases; return the first that does not hold, "" where all do."""
    begun = time.monotonic()
    for number, (rng, case) in enumerate(random_cases(seed, count), 1):
        fault = fault_of(rng, case)
        if fault:
            return f"case {number} of seed {seed}: {fault}\n{case}"
        if progress and number % progress == 0:
            minutes = (time.monotonic() - begun) / 60
            sys.stdout.write(f"{number:,} of {count:,} agree, {minutes:.1f} min\n")
            sys.stdout.flush()
    return ""


def main(arguments: list[str]) -> int:
    """Run them and print; returns 1 where one does not hold."""
    count = int(arguments[0]) if arguments else CASES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    fault = first_fault(seed, count, PROGRESS)
    sys.stdout.write(fault or f"{count:,} answers agree to the second, seed {seed}\n")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
