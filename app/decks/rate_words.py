"""Words of status and yes-or-no columns in six languages, as `headings.normal` writes them."""

from __future__ import annotations

from app.decks.headings import normal


def _words(text: str) -> frozenset[str]:
    return frozenset(normal(word) for word in text.split("|"))


BLOCKED = _words(
    """blocked|block|barred|closed|close|forbidden|suspended|not available|stop|stopped|
    bloque|bloquee|ferme|fermee|interdit|interdite|suspendu|
    bloqueado|bloqueada|cerrado|cerrada|prohibido|prohibida|suspendido|
    fechado|fechada|proibido|proibida|suspenso|
    gesperrt|geschlossen|verboten|blockiert|
    заблокировано|заблокирован|закрыто|закрыт|запрещено|запрещен"""
)
DELETED = _words(
    """deleted|delete|removed|remove|discontinued|withdrawn|code deleted|codes deleted|code removed|
    deleted code|expired|terminated|
    supprime|supprimee|retire|retiree|
    eliminado|eliminada|suprimido|borrado|retirado|
    excluido|excluida|removido|removida|
    geloscht|entfernt|geloescht|
    удалено|удален|удалена|удалить"""
)
YES = _words("yes|y|true|1|x|on|oui|o|si|s|sim|ja|j|vrai|verdadero|verdadeiro|wahr|да|д|истина")
NO = _words("no|n|false|0|off|non|nao|nein|faux|falso|falsch|нет|н|ложь") | {""}
