"""The margin of one sell rate over one cost rate.

A margin is what remains of the net sell price, in permille of it and cut downwards, never in
the shop's favour. It is the worst of whole calls of `CALLS` seconds and of the prices per minute
at each later step, in each pair of time bands that hold together.

The sell side is taken without tax. The cost is what the cost tariff makes of it: an owner who
gets the carrier's tax back gives that tariff no tax rate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.band_pairs import BandPair, bands_together
from app.domain.bands import clock_of
from app.domain.money import Price
from app.domain.pieces import band_price
from app.domain.rating import charge_for
from app.domain.tariff import BP, Entry, Rate, Tariff, TariffRules, TaxMode

CALLS = (60, 300, 600)
"""Seconds of the calls for which price and cost are compared."""

CEILING_CALL = 3600
"""Seconds of one more, where no call may cost the customer more than a ceiling."""

MARGIN_MAX = 1000
"""Permille: nothing is paid to the carrier."""

MARGIN_MIN = -1_000_000
"""Permille: sold for nothing or next to it, at a cost."""


@dataclass(frozen=True, slots=True)
class Margin:
    """A margin where it is worst.

    `price` (as the tariff gives it), `net_price` (less tax and discount) and `cost` are per
    minute at the beginning of a call, in the bands `band` and `cost_band` ("" where the rate
    names none that holds).
    """

    price: Price
    net_price: Price
    cost: Price
    permille: int
    band: str = ""
    cost_band: str = ""


def net_of_tax(price: Price, rules: TariffRules) -> Price:
    """Return what the shop keeps of a price of a tariff, cut to whole millionths."""
    if rules.tax_mode is TaxMode.ADDED:
        return price
    return Price(price.micro * BP // (BP + rules.tax_rate_bp))


def margin_permille(net: int, cost: int) -> int:
    """Return what is left of a net amount, in permille and cut downwards."""
    if not cost:
        return MARGIN_MAX
    return max(MARGIN_MIN, (net - cost) * 1000 // net) if net else MARGIN_MIN


class PairMargins:
    """The margins of one tariff's rates over another's, each worked out once.

    Rates are told apart as objects: they must be those of the two tariffs. Raises `ValueError`
    for tariffs in two currencies.
    """

    def __init__(self, sell: Tariff, cost: Tariff) -> None:
        """Take the two tariffs; nothing is worked out yet."""
        if sell.currency.code != cost.currency.code:
            raise ValueError("prices and costs in two currencies")
        self._sell = _Side(sell, is_net=True)
        self._cost = _Side(cost, is_net=False)
        self._known: dict[tuple[int, int, str, str, int], Margin] = {}
        self._together: tuple[int, tuple[BandPair, ...]] | None = None

    def worst(self, sell: Rate, cost: Rate, at: int) -> Margin:
        """Return the worst margin in the bands that meet from `at` (microseconds UTC) on."""
        if not sell.bands and not cost.bands:
            return self._in_bands(sell, cost, ("", ""))
        margins = (self._in_bands(sell, cost, bands) for bands in self._bands_from(at))
        return min(margins, key=lambda margin: margin.permille)

    def now(self, sell: Rate, cost: Rate, at: int, discount_bp: int = 0) -> Margin:
        """Return the margin in the bands that hold at an instant (microseconds UTC).

        `discount_bp` is what the payer is let off, in basis points.
        """
        bands = self._sell.band_at(at), self._cost.band_at(at)
        return self._in_bands(sell, cost, bands, discount_bp)

    def _bands_from(self, at: int) -> tuple[BandPair, ...]:
        if self._together is None or self._together[0] != at:
            found = bands_together(self._sell.tariff.rules, self._cost.tariff.rules, at)
            self._together = at, tuple(sorted(found))
        return self._together[1]

    def _in_bands(self, sell: Rate, cost: Rate, bands: BandPair, discount_bp: int = 0) -> Margin:
        bands = _named(sell, bands[0]), _named(cost, bands[1])
        key = id(sell), id(cost), *bands, discount_bp
        margin = self._known.get(key)
        if margin is None:
            margin = self._known[key] = self._worked_out(sell, cost, bands, BP - discount_bp)
        return margin

    def _worked_out(self, sell: Rate, cost: Rate, bands: BandPair, paid_bp: int) -> Margin:
        price = self._sell.flat(sell, bands[0])
        paid = self._cost.flat(cost, bands[1])
        calls = CALLS if sell.ceiling is None else (*CALLS, CEILING_CALL)
        margins = [
            margin_permille(
                self._sell.charge(sell, bands[0], seconds) * paid_bp // BP,
                self._cost.charge(cost, bands[1], seconds),
            )
            for seconds in calls
        ]
        for start in {0, *(step.after_seconds for step in (*price.steps, *paid.steps))}:
            net = self._sell.kept(_price_after(price, start))
            spent = self._cost.kept(_price_after(paid, start))
            margins.append(margin_permille(net.micro * paid_bp // BP, spent.micro))
        return Margin(
            price.price_per_minute,
            Price(self._sell.kept(price.price_per_minute).micro * paid_bp // BP),
            self._cost.kept(paid.price_per_minute),
            min(margins),
            *bands,
        )


class _Side:
    """One of the two tariffs: what its rates come to in a band."""

    def __init__(self, tariff: Tariff, *, is_net: bool) -> None:
        self.tariff = tariff
        self._is_net = is_net
        # Rates are taken as they are within one band, so that no clock is needed.
        rules = replace(tariff.rules, bands=())
        if is_net and rules.tax_mode is TaxMode.ADDED:
            rules = replace(rules, tax_rate_bp=0)
        self._probe = Tariff("", (), tariff.currency, rules=rules)
        self._flat: dict[tuple[int, str], Rate] = {}
        self._charges: dict[tuple[int, str, int], int] = {}

    def band_at(self, at: int) -> str:
        """Return the band that holds at an instant, "" where none does."""
        return clock_of(self.tariff.rules).band_at(at) if self.tariff.rules.bands else ""

    def flat(self, rate: Rate, band: str) -> Rate:
        """Return the rate as it is while a band holds."""
        if not rate.bands:
            return rate
        key = id(rate), band
        flat = self._flat.get(key)
        if flat is None:
            found = band_price(rate, band)
            flat = self._flat[key] = replace(
                rate,
                price_per_minute=found.price_per_minute,
                connection_fee=found.connection_fee,
                steps=found.steps,
                bands=(),
            )
        return flat

    def charge(self, rate: Rate, band: str, seconds: int) -> int:
        """Return what a whole call comes to, in millionths."""
        key = id(rate), band, seconds
        charge = self._charges.get(key)
        if charge is None:
            exact = charge_for(self._probe, Entry("1", self.flat(rate, band)), 0, seconds).exact
            kept = net_of_tax(exact, self.tariff.rules) if self._is_net else exact
            charge = self._charges[key] = kept.micro
        return charge

    def kept(self, price: Price) -> Price:
        """Return a price without tax on the sell side, with any tax on the cost side."""
        rules = self.tariff.rules
        if self._is_net:
            return net_of_tax(price, rules)
        if rules.tax_mode is TaxMode.ADDED:
            return Price(-(-price.micro * (BP + rules.tax_rate_bp) // BP))
        return price


def _named(rate: Rate, band: str) -> str:
    """Return the band where the rate has a price for it, else ""."""
    return band if any(known.band == band for known in rate.bands) else ""


def _price_after(flat: Rate, seconds: int) -> Price:
    """Return the price per minute that a rate without bands has so late in a call."""
    price = flat.price_per_minute
    for step in flat.steps:
        if step.after_seconds <= seconds:
            price = step.price_per_minute
    return price
