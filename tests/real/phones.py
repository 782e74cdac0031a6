"""Scenarios for sipp: a booth's phone that dials, and a carrier that does what the number says.

The carrier looks at the end of the number: 486 and 503 are refused with that code, 777 rings
for ever, 005 hangs up two seconds after its answer; every other number rings for a second
and is answered.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

RING_MS = 1000
FAR_TALK_MS = 2000

_SOUND = """v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""


def _send(lines: str, *, repeat: bool = False, sound: bool = False) -> str:
    body = f"Content-Type: application/sdp\nContent-Length: [len]\n\n{_SOUND}"
    text = lines.strip() + "\n" + (body if sound else "Content-Length: 0\n")
    again = ' retrans="500"' if repeat else ""
    return f"<send{again}><![CDATA[\n{text}\n]]></send>\n"


def _answer(status: str, *, repeat: bool = False, sound: bool = False, tag: bool = True) -> str:
    """A response to the request received last."""
    return _send(
        f"""SIP/2.0 {status}
[last_Via:]
[last_From:]
[last_To:]{";tag=far[call_number]" if tag else ""}
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:far@[local_ip]:[local_port]>""",
        repeat=repeat,
        sound=sound,
    )


def _scenario(name: str, steps: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="{name}">\n{steps}</scenario>\n'


def carrier() -> str:
    """The far side of the line."""
    endings = {"486": "busy", "503": "full", "777": "mute", "005": "brief"}
    looks = "".join(
        f'<ereg regexp="{digits}@" search_in="hdr" header="To:" assign_to="{name}"/>\n'
        for digits, name in endings.items()
    )
    refusals = "".join(
        f'<label id="{name}"/>\n{_answer(status, repeat=True)}<recv request="ACK" next="end"/>\n'
        for name, status in (("busy", "486 Busy Here"), ("full", "503 Service Unavailable"))
    )
    return _scenario(
        "carrier",
        f"""<recv request="INVITE" rrs="true"><action>
{looks}<ereg regexp=";tag=.*" search_in="hdr" header="From:" assign_to="near"/>
</action></recv>
<nop next="busy" test="busy"/>
<nop next="full" test="full"/>
{_answer("180 Ringing")}
<nop next="mute" test="mute"/>
<recv request="CANCEL" timeout="{RING_MS}" ontimeout="answer" next="cancelled"/>
<label id="mute"/>
<recv request="CANCEL" next="cancelled"/>
<label id="cancelled"/>
{_answer("200 OK", tag=False)}
{
            _send(
                '''SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=far[call_number]
[last_Call-ID:]
CSeq: [cseq] INVITE''',
                repeat=True,
            )
        }<recv request="ACK" next="end"/>
{refusals}<label id="answer"/>
{_answer("200 OK", repeat=True, sound=True)}
<recv request="ACK"/>
<nop next="brief" test="brief"/>
<recv request="BYE" next="bye"/>
<label id="brief"/>
<recv request="BYE" timeout="{FAR_TALK_MS}" ontimeout="leave" next="bye"/>
<label id="leave"/>
{
            _send(
                '''BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:far@[local_ip]:[local_port]>;tag=far[call_number]
To: <sip:near@[local_ip]>[$near]
[last_Call-ID:]
CSeq: 2 BYE
Max-Forwards: 70''',
                repeat=True,
            )
        }<recv response="200" next="end"/>
<label id="bye"/>
{_answer("200 OK", tag=False)}<label id="end"/>
""",
    )


def _request(method: str, number: str, extension: str, sequence: int, branch: str) -> str:
    to_tag = "[peer_tag_param]" if method in {"ACK", "BYE"} else ""
    return f"""{method} sip:{escape(number)}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch}
From: <sip:{extension}@[local_ip]:[local_port]>;tag=near[call_number]
To: <sip:{escape(number)}@[remote_ip]>{to_tag}
Call-ID: [call_id]
CSeq: {sequence} {method}
Contact: <sip:{extension}@[local_ip]:[local_port]>
Max-Forwards: 70"""


def phone(number: str, extension: str) -> str:
    """A booth's phone: dials, and hangs up when the test tells it to by an INFO (`hang_up`)."""
    refusals = "".join(
        f'<recv response="{code}" optional="true" next="refused"/>\n'
        for code in (403, 404, 480, 486, 487, 488, 500, 503, 603)
    )
    branch = "z9hG4bK-near-[pid]-[call_number]"
    return _scenario(
        "phone",
        _send(_request("INVITE", number, extension, 1, branch), repeat=True, sound=True)
        + f"""<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
{refusals}<recv request="INFO" optional="true" next="cancel"/>
<recv response="200"/>
{_send(_request("ACK", number, extension, 1, "[branch]"))}
<recv request="INFO" optional="true" next="leave"/>
<recv request="BYE" next="cut"/>
<label id="leave"/>
{_send(_request("BYE", number, extension, 2, "[branch]"), repeat=True)}
<recv response="200" next="end"/>
<label id="cut"/>
{_answer("200 OK", tag=False)}
<nop next="end"/>
<label id="cancel"/>
{_send(_request("CANCEL", number, extension, 1, branch), repeat=True)}
<recv response="200"/>
<recv response="487"/>
<label id="refused"/>
{_send(_request("ACK", number, extension, 1, branch))}
<label id="end"/>
""",
    )


def hang_up(call_id: str) -> bytes:
    """What tells such a phone to hang up now."""
    lines = (
        "INFO sip:near@127.0.0.1 SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK-hand",
        "From: <sip:hand@127.0.0.1>;tag=hand",
        "To: <sip:near@127.0.0.1>",
        f"Call-ID: {call_id}",
        "CSeq: 1 INFO",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
