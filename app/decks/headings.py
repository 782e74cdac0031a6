"""Headings of decks in six languages (en fr es pt de ru) and the fields they stand for."""

from __future__ import annotations

import re
import unicodedata

from app.decks.currencies import CODES, SYMBOLS
from app.domain.tariff import STEPS_MAX

REQUIRED = ("prefix", "destination", "price_per_minute")
GENERIC = (
    *REQUIRED,
    *("connection_fee", "first_increment", "next_increment"),
    *("free_seconds", "minimum_charge", "effective_from"),
)
STEP_FIELDS = tuple(
    f"step_{number}_{part}"
    for number in range(1, STEPS_MAX + 1)
    for part in ("after", "price", "increment")
)
OWN = (
    *GENERIC,
    *("country", "discontinued", "free_below", "surcharge", "ceiling", "access"),
    *STEP_FIELDS,
)
"""Fields that decks are written with."""

BAND_FIELDS = ("price_per_minute", "connection_fee", *STEP_FIELDS)
"""Fields that a time band may have of its own: `field@band`."""

BAND_NAME_MAX = 40

# Heading -> field, as `normal` writes it. Where a word means two things, the carriers' use wins.
_WORDS = {
    "prefix": """code|codes|dial code|dial codes|dialcode|dialing code|dialling code|dialprefix|
        dial prefix|prefixes|destination code|breakout|breakouts|npanxx|npa nxx|full code|
        code s|dial code s|dialed digits|dialled digits|phone prefix|number prefix|
        prefixe|prefixes|indicatif|indicatifs|code destination|code de destination|codes pays|
        prefijo|prefijos|codigo|codigos|codigo de destino|codigo destino|codigo de marcacion|
        prefixo|prefixos|codigo de discagem|
        vorwahl|vorwahlen|prafix|rufnummernprafix|kennzahl|
        код|коды|префикс|префиксы|код направления|коды направления|код набора""",
    "country_code": """country code|cc|country prefix|country dial code|
        indicatif pays|code pays|indicatif du pays|codigo de pais|codigo pais|prefijo pais|
        codigo do pais|codigo pais|landesvorwahl|landercode|landeskennzahl|landerkennzahl|
        код страны""",
    "area_codes": """area code|area codes|city code|city codes|area code s|city code s|npa|
        region code|region codes|indicatif regional|indicatifs regionaux|indicatif de zone|
        codigo de area|codigos de area|codigo de ciudad|codigo de cidade|
        ortsvorwahl|ortsvorwahlen|ortskennzahl|ortskennzahlen|код города|коды города|
        код зоны|коды городов|код оператора""",
    "destination": """destinations|destination name|description|zone|zone name|location|route|
        destination group|route name|country destination|country network|destination country|
        area|area name|network|
        nom de la destination|libelle|nom|pays destination|destination pays|
        destino|destinos|nombre del destino|descripcion|nombre|zona|
        nome do destino|descricao|nome|ziel|zielname|zielland|bezeichnung|beschreibung|
        направление|направления|назначение|наименование|название|описание|
        название направления|наименование направления""",
    "price_per_minute": """rate|rates|price|price min|rate min|price minute|rate minute|
        rate per minute|per minute|per minute rate|per minute cost|cost per minute|
        price per min|rate per min|new rate|new price|current rate|rate per 1 min|
        sell rate|selling rate|sellrate|rateinitial|retail rate|peak rate|price 1|
        price first|first price|peak price|peak price first|peak first price|price per minute|
        tarif|prix|tarif par minute|prix par minute|tarif minute|prix minute|prix min|tarif min|
        nouveau tarif|nouveau prix|prix a la minute|tarif a la minute|cout par minute|
        precio|tarifa|precio por minuto|tarifa por minuto|precio minuto|precio min|tarifa minuto|
        tarifa min|nueva tarifa|nuevo precio|costo por minuto|coste por minuto|
        preco|preco por minuto|preco minuto|preco min|nova tarifa|novo preco|custo por minuto|
        preis|minutenpreis|preis pro minute|preis minute|preis min|preis je minute|tarif pro minute|
        neuer preis|neuer tarif|tarif je minute|
        цена|тариф|ставка|цена за минуту|цена минуты|цена мин|тариф за минуту|стоимость минуты|
        стоимость за минуту|цена за мин|тариф мин|руб мин|новая цена|новый тариф""",
    "price_next": """price n|price next|next price|peak price next|peak next price|
        rate next|next rate""",
    "connection_fee": """connect fee|connection charge|connect charge|connection cost|connect cost|
        connectcharge|setup fee|set up fee|setup charge|call setup fee|rate per call|price per call|
        setup|
        frais de connexion|frais d etablissement|cout de connexion|mise en relation|
        frais de mise en relation|tarif de connexion|prix de connexion|
        cargo de conexion|costo de conexion|coste de conexion|establecimiento de llamada|
        cuota de conexion|tarifa de conexion|establecimiento|
        taxa de conexao|taxa de ligacao|custo de conexao|taxa de estabelecimento|
        verbindungsgebuhr|verbindungsentgelt|einrichtungsgebuhr|verbindungsaufbau|
        плата за соединение|стоимость соединения|цена соединения|за соединение""",
    "first_increment": """interval first|first interval|interval 1|initial increment|
        first inc|initial interval|initblock|minimum duration|min duration|minimum time|min time|
        initial period|first period|peak interval first|peak first interval|initial block|
        premier increment|increment initial|premiere tranche|palier initial|duree minimale|
        intervalle initial|premier intervalle|
        primer incremento|incremento inicial|intervalo inicial|primer intervalo|duracion minima|
        primeiro incremento|primeiro intervalo|duracao minima|
        erster takt|ersttakt|mindestdauer|erstes intervall|
        первый интервал|первый инкремент|начальный интервал|минимальная длительность""",
    "next_increment": """interval next|next interval|interval n|interval 2|subsequent increment|
        next inc|subsequent interval|billingblock|increment|pulse|additional increment|
        next period|block|billing block|peak interval next|peak next interval|
        increment suivant|tranche suivante|palier suivant|intervalle suivant|pas de facturation|
        incremento siguiente|siguiente incremento|intervalo siguiente|siguiente intervalo|
        incremento seguinte|proximo incremento|proximo intervalo|
        folgetakt|nachster takt|folgeintervall|nachstes intervall|
        следующий интервал|следующий инкремент|последующий интервал|шаг тарификации""",
    "increments": """billing increment|billing increments|increments|billing|billing interval|
        billing intervals|rounding|rounding rules|billing cycle|interval|intervals|inc|
        minimum increment|
        increment de facturation|increments de facturation|facturation|paliers|
        incremento de facturacion|incrementos|facturacion|incremento|
        incremento de faturamento|faturamento|incremento de cobranca|tarifacao|
        taktung|takt|abrechnungstakt|
        тарификация|интервал тарификации|интервалы|инкремент|округление""",
    "free_seconds": """free time|grace time|included seconds|grace|grace period|free period|
        secondes gratuites|segundos gratis|segundos libres|segundos gratuitos|
        freisekunden|бесплатные секунды|бесплатных секунд""",
    "minimum_charge": """min charge|minimum cost|minimal cost|minimum price|minimal charge|
        cout minimum|montant minimum|prix minimum|cargo minimo|costo minimo|importe minimo|
        custo minimo|valor minimo|mindestpreis|mindestentgelt|mindestbetrag|
        минимальная плата|минимальная стоимость""",
    "free_below": """minimal time charge|minimum time charge|free below seconds""",
    "surcharge": """post call surcharge|disconnectcharge|disconnect charge|disconnect fee|
        call surcharge|supplement|supplement par appel|recargo|sobretaxa|zuschlag|надбавка""",
    "ceiling": """maximum charge|max charge|maximum price|plafond|tope|teto|
        hochstpreis|максимальная плата""",
    "country": """country name|country iso|iso|iso2|iso code|iso country|pays|pais|land|
        страна""",
    "access": """acces|acceso|acesso|zugang|доступ""",
    "forbidden": """blocked|barred|interdit|bloque|prohibido|bloqueado|proibido|gesperrt|
        запрещено|заблокировано""",
    "status": """change|changes|rate change|comment|comments|remark|remarks|notes|note|
        change type|price change|action|rate status|change status|
        statut|changement|evolution|estado|cambio|cambios|estado da tarifa|alteracao|variacao|
        anderung|aenderung|veranderung|статус|изменение|изменения|состояние""",
    "effective_from": """effective date|effective|valid from|start date|startdate|date effective|
        effective as of|from date|effective from date|validity date|date from|activation date|
        date d effet|date effet|en vigueur le|valable a partir du|date de debut|date d application|
        effectif a partir du|a partir du|
        fecha efectiva|fecha de inicio|vigencia|valido desde|fecha de vigencia|fecha efectividad|
        fecha de entrada en vigor|vigente desde|fecha|desde|
        data efetiva|data de inicio|valido a partir de|vigencia desde|data de vigencia|data|
        gultig ab|gueltig ab|ab datum|datum|wirksam ab|startdatum|
        дата начала|действует с|дата вступления|дата вступления в силу|начало действия|дата|
        date""",
    "discontinued": """stopdate|stop date|end date|effective to|effective till|valid to|valid until|
        effective until|expiry date|expiration date|to date|date to|
        date de fin|fin de validite|valable jusqu au|fecha de fin|fecha fin|valido hasta|hasta|
        vigente hasta|data de fim|data final|valido ate|gultig bis|gueltig bis|enddatum|
        дата окончания|действует до|окончание действия""",
    "currency": """ccy|currency code|devise|monnaie|moneda|divisa|moeda|wahrung|waehrung|валюта""",
}

_OFF_PEAK = {
    "off-peak": ("off peak", "offpeak"),
    "second-off-peak": ("second off peak", "2nd off peak", "off peak 2"),
}
_OFF_PEAK_FIELDS = {
    "price_per_minute": ("price first", "first price", "price", "rate", "price 1"),
    "price_next": ("price next", "next price", "price n"),
    "first_increment": ("interval first", "first interval", "interval 1"),
    "next_increment": ("interval next", "next interval", "interval n"),
    "connection_fee": ("connect fee", "connection fee"),
}
# Said of any heading, but no part of what it means.
_UNITS = frozenset(("in", "en", "em", "s", "sec", "secs", "second", "seconds", "vat", "ht", "ttc"))
_NOT_WORDS = re.compile(r"[\W_]+")
_BEFORE_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def normal(heading: str) -> str:
    """Return a heading in small letters without accents, its words parted by one blank."""
    parted = unicodedata.normalize("NFKD", heading)
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", plain.casefold()).strip()


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for field, words in _WORDS.items():
        table[normal(field)] = field
        for word in words.split("|"):
            # The first field that claims a heading has it, in the order above.
            table.setdefault(normal(word), field)
    for field in (*OWN, "country_code", "area_codes", "increments", "forbidden", "status"):
        table[normal(field)] = field
    for band, names in _OFF_PEAK.items():
        for field, endings in _OFF_PEAK_FIELDS.items():
            for name in names:
                for ending in endings:
                    table[f"{name} {ending}"] = table[f"{ending} {name}"] = f"{field}@{band}"
    return table


_FIELD_OF = _table()


def field_of(heading: str) -> str:
    """Return the field that a heading stands for (`field@band` for a time band's), "" if none."""
    name, at, band = heading.partition("@")
    if at:
        field = normal(name).replace(" ", "_")
        return f"{field}@{' '.join(band.split())}" if field in BAND_FIELDS else ""
    words = normal(heading)
    field = _FIELD_OF.get(words, "")
    if field or not words:
        return field
    parted = normal(_BEFORE_CAPITAL.sub(" ", heading))
    kept = [word for word in parted.split() if word not in _UNITS and word.upper() not in CODES]
    return _FIELD_OF.get(parted) or _FIELD_OF.get(" ".join(kept), "")


def currency_of(heading: str) -> str:
    """Return the ISO code of the one currency that a heading names, "" if it names none."""
    named = {word for word in re.findall(r"[A-Z]{3}", heading) if word in CODES}
    named |= {code for symbol, code in SYMBOLS.items() if symbol in heading}
    return named.pop() if len(named) == 1 else ""
