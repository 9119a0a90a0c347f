"""Messages: EML, mbox and Outlook's MSG."""

import base64
import struct

from damage import lying, some
from papers import msg
from words import AWKWARD, paragraphs, sentence

SHARE = 11
LINE = "\r\n"


def head(chance, kind="text/plain; charset=utf-8", more=()):
    lines = [
        f"From: \"{chance.choice(['Information Team', 'Estates', chr(0x202e) + 'slatot'])}\" <foi@fictonbury.example>", "To: requester <request@example.org>", "Date: Mon, 3 May 2021 10:00:00 +0100",
        "Subject: " + chance.choice(["Re: Your request", "=?utf-8?B?UmU6IEhpa3Zpc2lvbg==?=", "=?utf-8?Q?Re=3A_cameras?="]), "Message-ID: <1@example.org>", "MIME-Version: 1.0", f"Content-Type: {kind}", *more,
    ]
    return LINE.join(lines) + LINE * 2


def attachment(name, data, kind="application/octet-stream"):
    return f"Content-Type: {kind}; name=\"{name}\"{LINE}Content-Disposition: attachment; filename=\"{name}\"{LINE}Content-Transfer-Encoding: base64{LINE * 2}" + base64.encodebytes(data).decode()


def multipart(parts, boundary="b1", kind="mixed"):
    return f"multipart/{kind}; boundary=\"{boundary}\"", "".join(f"--{boundary}{LINE}{part}{LINE}" for part in parts) + f"--{boundary}--{LINE}"


def letter(chance):
    return LINE.join(paragraphs(chance)) + LINE + LINE.join("> " + it for it in paragraphs(chance, 3)) + LINE


def original(chance):
    table = b"Body,Narrative\nFictonbury,4 Hikvision cameras\n"
    plain = f"Content-Type: text/plain; charset=utf-8{LINE * 2}{letter(chance)}"
    page = f"Content-Type: text/html; charset=utf-8{LINE}Content-Transfer-Encoding: quoted-printable{LINE * 2}<p>{sentence(chance)}=20=3D=E2=82=AC</p>"
    kind, body = multipart([plain, page, attachment("a.csv", table, "text/csv")])
    return chance.choice([lambda: head(chance) + letter(chance), lambda: head(chance, kind) + body])()


def coded(text):
    return text.encode("utf-8", "surrogatepass")


def damaged(chance):
    return "eml", some(chance, coded(original(chance)))


def flood_of_headers(chance):
    name = chance.choice(["X-A", "To", "Received", "Subject", "Content-Type", "From", "Date"])
    value = chance.choice(["x", "a@b.example, " * 40, "=?utf-8?Q?" + "a" * 60 + "?= ", "multipart/mixed; boundary=b2", LINE + " folded" * 9, "(" * 900, "\x00"])
    return "eml", coded(f"{name}: {value}{LINE}" * chance.choice([200, 10_000]) + head(chance) + letter(chance))[:3_000_000]


def thousand_parts(chance):
    count = chance.choice([999, 1_000, 10_001])
    part = chance.choice([lambda n: f"Content-Type: text/plain{LINE * 2}{n} Hikvision", lambda n: attachment(f"{n}.csv", b"a,b\n%d,Dahua camera\n" % n), lambda n: "", lambda n: LINE])
    kind, body = multipart([part(n) for n in range(count)])
    return "eml", coded(head(chance, kind) + body)


def nested_messages(chance):
    depth = chance.choice([3, 4, 5, 6, 100, 2_000])
    text = head(chance) + letter(chance)
    kind = "message/rfc822"
    if chance.random() < 0.5:
        text = head(chance, kind) * depth + text
    else:
        data = coded(text)
        for n in range(min(depth, 20)):
            kind, body = multipart([attachment(f"{n}.eml", data, "message/rfc822")], f"b{n}")
            data = coded(head(chance, kind) + body)
            if len(data) > 1_000_000:
                break
        return "eml", data
    return "eml", coded(text)


def nested_parts(chance):
    depth = chance.choice([10, 100, 5_000])
    same = chance.random() < 0.3
    text = "".join(f"Content-Type: multipart/mixed; boundary=\"b{0 if same else n}\"{LINE * 2}--b{0 if same else n}{LINE}" for n in range(depth))
    return "eml", coded("From: a@b.example" + LINE + text + f"Content-Type: text/plain{LINE * 2}{sentence(chance)}")


def boundaries(chance):
    """One the beginning of another, empty, as long as a page, quoted wrongly, never used, used before it is declared."""
    first = chance.choice(["", " ", "b", "--", "b--", "=" * 5_000, "b\x00c", "\u202eb", "'b'", "b;c", "b\"c"])
    inner_kind, inner = multipart([f"Content-Type: text/plain{LINE * 2}{sentence(chance)}"], first + chance.choice(["", "1", "--", " "]))
    _, body = multipart([f"Content-Type: {inner_kind}{LINE * 2}{inner}", f"{LINE}{sentence(chance)}"], first)
    return "eml", coded(head(chance, f"multipart/{chance.choice(['mixed', 'alternative', 'related', 'digest', 'signed', 'report', 'x'])}; boundary={chance.choice(['', chr(34)])}{first}") + chance.choice(["", f"--{first}{LINE}"]) + body)


def encodings(chance):
    data = base64.encodebytes(coded(letter(chance))).decode()
    body = chance.choice([data[:-chance.randrange(1, 9)], data.replace("\n", chance.choice(["", "!", " \n ", "=\n"])), "=" * 3_000, "=ZZ=3" * 500, "=E2=82" * 900, letter(chance), "A" * 300_000, data + data, "begin 644 a.txt\nM" + "#" * 60 + "\nend\n", "\x00" * 900])
    coding = chance.choice(["base64", "BASE64 ", "quoted-printable", "7bit", "8bit", "binary", "x-uuencode", "base64\r\nContent-Transfer-Encoding: quoted-printable", "", "x" * 900])
    return "eml", coded(head(chance, more=[f"Content-Transfer-Encoding: {coding}"]) + body)


def charsets(chance):
    said = chance.choice(["utf-7", "utf-16", "utf-32", "gb18030", "iso-2022-jp", "x-unknown", "us-ascii", "\"", "utf-8; charset=cp1252", "replacement", "hz-gb-2312", "x" * 3_000])
    return "eml", head(chance, f"text/{chance.choice(['plain', 'html'])}; charset={said}").encode("utf-8", "surrogatepass") + (letter(chance) + "£ 海康威视").encode(chance.choice(["utf-8", "utf-16", "cp1252", "gb18030", "utf-7"]), "replace")


def names(chance):
    """Attachments whose names lead outside, control a terminal, or are said in pieces."""
    odd = ["../../../etc/cron.d/x", "C:\\Windows\\x.exe", "/etc/hostname", "a\u202efdp.exe", "\x1b[2J.csv", "a" * 4_000 + ".csv", "", ".", "..", "con", "a!b!c.csv", "a\nb.csv", "=?utf-8?B?Li4vLi4veA==?=", "x.csv\x00.exe", "!hidden", "mail.eml"]
    parts = [attachment(chance.choice(odd), b"Body,Narrative\nFictonbury,4 Hikvision cameras %d\n" % n) for n in range(8)]
    pieces = "".join(f";{LINE} filename*{chance.choice([n, 0, 99999999999])}{chance.choice(['', '*'])}=%2e%2e%2f{n}" for n in range(chance.choice([3, 900])))
    parts.append(f"Content-Type: text/csv{LINE}Content-Disposition: attachment{pieces}{LINE * 2}a,b{LINE}1,Dahua{LINE}")
    kind, body = multipart(parts)
    return "eml", coded(head(chance, kind) + body)


def subjects(chance):
    odd = ["=?utf-8?B?" + "A" * 30_000 + "?=", "=?utf-8?Q?=?=" * 2_000, "=?x?y?z?=", "=?utf-8?B?////?=", "=?" * 5_000, chance.choice(AWKWARD), "x" * 100_000, "=?utf-16?B?//4=?=", "a\rb\nc", ""]
    day = chance.choice(["99 Foo 99999 99:99:99 +9999", "Mon, 31 Feb 2021", "0", "-", "\x00", "Thu, 1 Jan 1970 00:00:00 -2400", "x" * 9_000])
    sender = chance.choice(["<" * 5_000, "a@b" * 900, ";;;,,,", "(((", "x: y: z;", '"'])
    return "eml", coded(f"Subject: {chance.choice(odd)}{LINE}Date: {day}{LINE}From: {sender}{LINE * 2}{letter(chance)}")


def quoted_deep(chance):
    depth = chance.choice([20, 500, 9_000])
    return "eml", coded(head(chance) + "".join(chance.choice([">", "> ", "|", ">>"]) * chance.randrange(depth) + " " + sentence(chance) + LINE for _ in range(60)) + f"On Mon, 3 May 2021, x wrote:{LINE}" * 300)[:3_000_000]


def external(chance):
    kind = chance.choice(["message/external-body; access-type=local-file; name=\"/etc/hostname\"", "message/external-body; access-type=url; url=\"http://127.0.0.1:9/\"", "message/partial; number=1; total=999; id=x", "text/calendar", "text/x-vcard", "application/ms-tnef; name=winmail.dat", "application/pkcs7-mime; smime-type=enveloped-data", "multipart/encrypted; boundary=x", "text/rtf", "text/enriched"])
    return "eml", coded(head(chance, kind) + chance.choice([letter(chance), "\x78\x9f\x3e\x22" + "\x00" * 90, "--x" + LINE * 2]))


def mailbox(chance):
    parts = []
    for _ in range(chance.choice([2, 30, 600])):
        parts.append(chance.choice(["From a@b.example Mon May  3 10:00:00 2021\n", "From \n", ">From x\n", "From nobody\n\n", "", "From MAILER-DAEMON " + "x" * 300 + "\n"]) + (original(chance) if chance.random() < 0.3 else f"Subject: x\n\n{sentence(chance)}\n\n"))
    data = coded("From a@b.example Mon May  3 10:00:00 2021\n" + "".join(parts))
    return "mbox", some(chance, data) if chance.random() < 0.5 else data


def outlook(chance, text=None, attachments=None):
    given = attachments if attachments is not None else [("a.csv", b"Body,Narrative\nFictonbury,4 Hikvision cameras\n"), ("reply.txt", sentence(chance).encode())]
    return msg.message("Re: request", "Estates", "requester", text or letter(chance).encode("utf-8", "replace").decode(), given)


def damaged_outlook(chance):
    return "msg", chance.choice([some, lying, some])(chance, outlook(chance))


def outlook_chains(chance):
    """Tables of sectors that go in circles or nowhere."""
    data = bytearray(outlook(chance))
    field = chance.choice([0x1E, 0x20, 0x2C, 0x30, 0x38, 0x3C, 0x40, 0x44, 0x48, 0x4C])
    data[field:field + 4] = struct.pack("<I", chance.choice([0, 1, 3, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFA]))
    if chance.random() < 0.6:
        at = len(data) - 512 * chance.choice([1, 2, 3])
        for n in range(chance.choice([1, 10, 128])):
            data[at + 4 * n:at + 4 * n + 4] = struct.pack("<I", chance.choice([n, 0, n + 1, 0xFFFFFFFE, 0x7FFFFFFF, 1]))
    return "msg", bytes(data)


def outlook_inside(chance):
    data = chance.choice([chance.randbytes(900), b"%PDF-1.4\n", b"PK\x03\x04" + bytes(40), outlook(chance, "inner"), coded(original(chance))])
    for _ in range(chance.choice([1, 5])):
        data = outlook(chance, chance.choice(["outer", "\ud7ff\u202e\x01", "{\\rtf1 " * 500]), [(chance.choice(["../x.msg", "a.msg", "", "\u202egsm.x"]), data)])
        if len(data) > 50_000:
            break
    return "msg", data


RECIPES = [damaged, damaged, damaged, flood_of_headers, thousand_parts, nested_messages, nested_messages, nested_parts, boundaries, boundaries, encodings, encodings, charsets, names, names, subjects, quoted_deep, external, mailbox, mailbox, damaged_outlook, damaged_outlook, outlook_chains, outlook_inside]
