"""`callshop rate`, `callshop quote`, `callshop pricelist`: prices asked from outside the window."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commandline_shop import acts_of, add_reading, now_us, tariff_at
from app.errors import CodedError, UserError
from app.sentences import gettext as _
from app.sentences import language as own_language
from app.terminal import (
    EXIT_FAILED,
    EXIT_OK,
    clock_text,
    complain,
    config_of,
    data_option,
    instant_of,
    json_option,
    local_text,
    price_of,
    say,
    say_json,
)

if TYPE_CHECKING:
    from app.config import Config
    from app.domain.credit import Unlimited
    from app.domain.explain import CallFacts
    from app.domain.rating import Charge
    from app.domain.tariff import Access, Tariff
    from app.messages.views import QuoteRow

_LONGEST_MS = 31 * 86_400_000
_MILLI = 1_000
_QUOTES = 10


def add_prices(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the three commands."""
    shop = [data_option(), json_option()]
    rate = commands.add_parser("rate", parents=shop, help=_("say what a call costs and why"))
    _add_source(rate)
    rate.add_argument("number", help=_("in international form, or as it is dialled in the shop"))
    rate.add_argument("seconds", help=_("talked time; a fraction may follow a point"))
    rate.add_argument("--at", default="", metavar="TIME", help=_("when it is answered; now"))
    rate.set_defaults(run=_rate)
    quote = commands.add_parser("quote", parents=shop, help=_("say what a destination costs"))
    _add_source(quote)
    quote.add_argument("text", nargs="+", help=_("a number, words of a destination, or a country"))
    quote.add_argument("--amount", default="5", help=_("how long does it last?"))
    quote.add_argument("--at", default="", metavar="TIME", help=_("instead of now"))
    quote.set_defaults(run=_quote)
    prices = commands.add_parser(
        "pricelist", parents=[data_option()], help=_("write the price list as PDF")
    )
    _add_source(prices)
    prices.add_argument("output", metavar="OUT.pdf", help=_("the file to write"))
    prices.add_argument("--booth", type=int, default=None, help=_("for this booth"))
    prices.add_argument(
        "--language", choices=("en", "fr"), default="", help=_("instead of that of the receipts")
    )
    prices.add_argument("--poster", action="store_true", help=_("one page in large letters"))
    prices.set_defaults(run=_price_list)


def _add_source(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument(
        "--tariff", default="", metavar="FILE", help=_("a file, or a tariff of the shop by name")
    )


def _instant(options: argparse.Namespace, config: Config) -> int:
    return instant_of(options.at, config.zone) if options.at else now_us()


def _tariff(options: argparse.Namespace, config: Config, at: int, *, booth: str = "") -> Tariff:
    """Return the tariff of a file, or one of the shop by its name."""
    path = Path(options.tariff)
    if options.tariff and (path.suffix or path.name != options.tariff or path.is_file()):
        return tariff_at(options, config, options.tariff)
    name = options.tariff or booth or "shop"
    with acts_of(options) as (_folder, _config, acts):
        row, tariff = acts.held.in_force(name, at)
        if row is None and booth:
            row, tariff = acts.held.in_force("shop", at)
    if row is None:
        raise UserError("tariff_unknown", tariff=name)
    return tariff


def _talked_ms(text: str) -> int:
    milliseconds = price_of(text, "SECONDS").micro // _MILLI
    if milliseconds > _LONGEST_MS:
        raise CodedError("bad_number", name="SECONDS", value=text)
    return milliseconds


def _rate(options: argparse.Namespace) -> int:
    from app.domain.explain import CallFacts  # noqa: PLC0415
    from app.domain.phone import NumberKind, normalise, plan_for  # noqa: PLC0415
    from app.domain.rating import free_charge, rate_call  # noqa: PLC0415

    config = config_of(options)
    at = _instant(options, config)
    talked_ms = _talked_ms(options.seconds)
    plan = plan_for(
        config.country, access_digits=config.access_digits, extra_emergency=config.emergency
    )
    number = normalise(options.number, plan)
    access: Access | None = None
    name = ""
    if number.kind in {NumberKind.EMERGENCY, NumberKind.FREE}:
        charge: Charge | None = free_charge(number.kind.name.lower(), talked_ms)
    else:
        digits = _digits(options.number, number.digits)
        tariff = _tariff(options, config, at)
        entry = tariff.find(digits, at)
        access = entry.rate.access if entry is not None else None
        name = tariff.name
        charge = rate_call(tariff, digits, at, talked_ms)
    if options.json:
        say_json(_rate_body(charge, config, talked_ms) | _access_body(access))
        return EXIT_OK
    if charge is None:
        complain(_("The tariff has no price for this number."))
        return EXIT_FAILED
    _say_charge(charge, config, CallFacts(at, at, None, talked_ms, tariff_name=name))
    if access is not None and _access_text(access):
        say(_access_text(access))
    return EXIT_OK


def _access_text(access: Access) -> str:
    """Return who may call there, "" for everybody."""
    known = {"FORBIDDEN": _("may not be called"), "KEY": _("only with the manager’s key")}
    return known.get(access.name, "")


def _access_body(access: Access | None) -> dict[str, str]:
    return {} if access is None else {"access": access.name.lower()}


def _digits(typed: str, normalised: str) -> str:
    """Return E.164 digits: what begins with neither + nor 0 is taken for such already."""
    plain = "".join(letter for letter in typed if letter.isdigit())
    return normalised if typed.strip()[:1] in {"+", "0"} and normalised else plain


def _rate_body(charge: Charge | None, config: Config, talked_ms: int) -> dict[str, Any]:
    from app.domain.charge_json import charge_body  # noqa: PLC0415
    from app.domain.rating import whole_seconds  # noqa: PLC0415

    if charge is not None:
        return charge_body(charge, config.currency)
    return {
        "prefix": None,
        "destination": None,
        "talked_seconds": whole_seconds(talked_ms, config.rules.seconds_rule),
        "billed_seconds": 0,
        "amount": None,
        "currency": config.currency.code,
        "reason": "no_rate",
        "lines": [],
    }


def _say_charge(charge: Charge, config: Config, facts: CallFacts) -> None:
    from app.domain.explain import explain  # noqa: PLC0415
    from app.explain_sentences import Writer, sentence  # noqa: PLC0415

    writer = Writer(own_language(), config.currency, config.zone)
    for reason in explain(charge, replace(facts, is_unbilled=not charge.prefix)):
        if reason.code == "answered":
            date = clock_text(facts.started_at, config.zone).partition(" ")[0]
            clock = writer.clock(facts.started_at)
            say(_("Answered on {date} at {clock}.").format(date=date, clock=clock))
        elif reason.code != "rang":
            say(sentence(reason, writer))


def _quote(options: argparse.Namespace) -> int:
    from app.desk.enquiries import country_names  # noqa: PLC0415
    from app.desk.quoting import quote  # noqa: PLC0415
    from app.domain.money import MoneyError, parse_money  # noqa: PLC0415
    from app.domain.phone import plan_for  # noqa: PLC0415
    from app.domain.quotes import QuoteIndex  # noqa: PLC0415

    config = config_of(options)
    at = _instant(options, config)
    try:
        amount = parse_money(options.amount, config.currency)
    except MoneyError as error:
        raise CodedError("bad_number", name="--amount", value=options.amount) from error
    tariff = _tariff(options, config, at)
    plan = plan_for(config.country, access_digits=config.access_digits)
    text = " ".join(options.text)
    found = QuoteIndex(tariff).search(text, plan, _QUOTES, at, country_names())
    rows = [quote(tariff, entry, at, amount) for entry in found]
    if options.json:
        say_json([_quote_body(row, config, options.amount) for row in rows])
    elif not rows:
        complain(_("Nothing is found for {text}.").format(text=text))
    for row in () if options.json else rows:
        _say_quote(row, config, options.amount)
    return EXIT_OK if rows else EXIT_FAILED


def _lasts(seconds: int | Unlimited | None) -> int | str | None:
    return seconds if seconds is None or isinstance(seconds, int) else "unlimited"


def _quote_body(row: QuoteRow, config: Config, amount: str) -> dict[str, Any]:
    from app.domain.money import plain, plain_price  # noqa: PLC0415

    later = row.later
    return {
        "prefix": row.prefix,
        "destination": row.destination,
        "country": row.country,
        "access": row.access.name.lower(),
        "currency": config.currency.code,
        "price_per_minute": plain_price(row.price_per_minute),
        "connection_fee": plain_price(row.connection_fee),
        "first_increment": row.first_increment,
        "next_increment": row.next_increment,
        "minutes": {str(n): plain(cost, config.currency) for n, cost in row.examples},
        "credit": amount,
        "seconds_for_credit": _lasts(row.lasts),
        "band": row.band or None,
        "next_band": None
        if later is None
        else {
            "starts_at": local_text(later.starts_at, config.zone),
            "band": later.band or None,
            "price_per_minute": plain_price(later.price_per_minute),
            "connection_fee": plain_price(later.connection_fee),
            "minutes": {str(n): plain(cost, config.currency) for n, cost in later.examples},
            "seconds_for_credit": _lasts(later.lasts),
        },
    }


def _say_quote(row: QuoteRow, config: Config, amount: str) -> None:
    from app.domain.money import plain, plain_price  # noqa: PLC0415
    from app.domain.tariff import Access  # noqa: PLC0415

    code = config.currency.code
    lines = [
        _("{price} {code} a minute").format(price=plain_price(row.price_per_minute), code=code)
    ]
    if row.connection_fee:
        fee = plain_price(row.connection_fee)
        lines.append(_("{fee} {code} for the connection").format(fee=fee, code=code))
    if _access_text(row.access):
        lines.append(_access_text(row.access))
    is_open = row.access is not Access.FORBIDDEN
    for minutes, cost in row.examples if is_open else ():
        text = _("{minutes} min {cost} {code}")
        cents = plain(cost, config.currency)
        lines.append(text.format(minutes=minutes, cost=cents, code=code))
    if is_open:
        lines.append(_lasts_text(row.lasts, amount, code))
    if row.later is not None and is_open:
        when = clock_text(row.later.starts_at, config.zone)
        price = plain_price(row.later.price_per_minute)
        text = _("from {date}: {price} {code} a minute")
        lines.append(text.format(date=when, price=price, code=code))
    say(f"{row.destination} (+{row.prefix})")
    for line in lines:
        say(f"  {line}")


def _lasts_text(seconds: int | Unlimited | None, amount: str, code: str) -> str:
    if not isinstance(seconds, int):
        return _("{amount} {code} lasts without limit").format(amount=amount, code=code)
    minutes, rest = divmod(seconds, 60)
    return _("{amount} {code} lasts {minutes} min {seconds} s").format(
        amount=amount, code=code, minutes=minutes, seconds=rest
    )


def _price_list(options: argparse.Namespace) -> int:
    from app.tariffs.price_list import PriceListOrder, make_price_list  # noqa: PLC0415

    config = config_of(options)
    at = now_us()
    booth = next((one for one in config.booths if one.number == options.booth), None)
    if options.booth is not None and booth is None:
        raise UserError("booth_unknown", booth=options.booth)
    tariff = _tariff(options, config, at, booth=booth.tariff if booth is not None else "")
    order = PriceListOrder(
        at=at,
        language=options.language or config.receipt_language,
        booth=options.booth,
        is_poster=options.poster,
    )
    make_price_list(Path(options.output), tariff, config, order)
    say(_("{path} is written.").format(path=options.output))
    return EXIT_OK
