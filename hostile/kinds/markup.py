"""XML that no reader of ours claims as its own, and pages of HTML."""

import base64

from damage import ENTITIES, markup, some
from words import AWKWARD, HEADER, paragraphs, rows, sentence

SHARE = 11


def page(chance):
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in rows(chance, 5))
    text = "".join(f"<p class=\"c{n}\">{it}</p>" for n, it in enumerate(paragraphs(chance)))
    return (
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Reply</title><style>.c1{display:none}.c2,#x>p{color:#fff}</style></head><body>"
        f"<h1>Reply</h1>{text}<ul><li>one</li><li>two</li></ul><table><tr><th>{'</th><th>'.join(HEADER)}</th></tr>{table}</table></body></html>"
    )


def tree(chance):
    text = "".join(f'<para id="{n}">{it.replace("<", "").replace("&", "")}</para>' for n, it in enumerate(paragraphs(chance)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<doc xmlns:a="urn:a"><a:head date="2021-05-03"/>{text}</doc>'


def damaged_page(chance):
    return chance.choice(["html", "htm", "xhtml"]), chance.choice([markup, some])(chance, page(chance).encode("utf-8", "surrogatepass"))


def damaged_tree(chance):
    return "xml", chance.choice([markup, some])(chance, tree(chance).encode("utf-8", "surrogatepass"))


def entities(chance):
    return chance.choice(["xml", "svg", "html"]), b'<?xml version="1.0"?>' + chance.choice(ENTITIES) + b"<x>" + b"&e;" * chance.choice([1, 5_000]) + sentence(chance).encode() + b"</x>"


def deep_page(chance):
    """Unclosed, thousands deep, of every kind that browsers treat in their own way."""
    tag = chance.choice(["div", "b", "i", "font", "a", "table", "table><tr><td", "ul><li", "select", "svg", "math", "p", "button", "form", "template", "blockquote", "nobr", "ruby", "frameset", "dl><dd", "details", "object", "svg><foreignObject"])
    return "html", b"<!doctype html>" + f"<{tag}>".encode() * chance.choice([300, 10_000, 60_000]) + sentence(chance).encode() + f"</{tag.split('>')[0]}>".encode() * chance.choice([0, 7, 20_000])


def misnested(chance):
    names = ["a", "b", "i", "font", "nobr", "p", "div", "table", "tr", "td", "ul", "li", "select", "option", "form", "button", "svg", "math", "title", "textarea", "style", "script", "head", "body", "html", "template", "marquee"]
    return "html", ("<!doctype html>" + "".join(f"<{chance.choice(['', '/'])}{chance.choice(names)}{chance.choice(['', ' hidden', ' style=display:none', '/'])}>" + chance.choice(["", "x", sentence(chance)]) for _ in range(chance.choice([80, 3_000])))).encode()


def attributes(chance):
    many = "".join(f" a{n}={chance.choice(['x', chr(34) + 'y' + chr(34), ''])}" for n in range(chance.choice([100, 8_000, 60_000])))
    return "html", f"<p{many}>{sentence(chance)}</p><p style=\"{'color:red;' * chance.choice([3, 20_000])}display:none\">{sentence(chance)}".encode()


def sheets(chance):
    """Style sheets that are long, broken, nested, or select everything."""
    rule = chance.choice(["p{display:none}", ".a.b.c>#d~e+f{color:#fff}", "@media print{p{display:none}}", "@import url(http://127.0.0.1:9/x.css);", "*{", "}", "/*", "p{color:", "@media x{" * 50, '[a="}"]{x:y}', ":not(" * 40, "a," * 200 + "b{}", "\\{", "<!--", "p{content:'\\", ".\u202e{left:-9999px}", "p{left:-1e400px}", ".c1{" + "x:y;" * 300 + "}"])
    body = "".join(f'<p class="a b c{n}" id=d>{sentence(chance)}</p>' for n in range(chance.choice([5, 3_000])))
    return "html", f"<style>{rule * chance.choice([1, 30, 20_000])}</style>{body}".encode()[:2_500_000]


def cut_constructs(chance):
    return "html", (page(chance)[:chance.randrange(80, 900)] + chance.choice(["<!--", "<script>", "<style>", "<textarea>", "<title>", "<![CDATA[", "<plaintext>", "<", "</", "<a href=\"", "<a href='", "&", "&#", "&#x", "<!doctype", "<?", "<xmp>", "<noscript>", "<iframe>"]) + sentence(chance) * chance.choice([1, 400])).encode()


def references(chance):
    odd = ["&#0;", "&#x110000;", "&#xD800;", "&#99999999999;", "&#x80;", "&nosuch;", "&amp;amp;", "&ampHik;", "&NotEqualTilde;", "&#x202E;", "&#x1b;", "&lt;script&gt;", "&#" + "9" * 5_000 + ";"]
    return "html", ("<p>" + "".join(chance.choice(odd) + chance.choice(["Hikvision ", "x"]) for _ in range(500))).encode()


def charsets(chance):
    said = chance.choice(["utf-8", "utf-16", "utf-7", "windows-1252", "gb18030", "iso-2022-jp", "x-user-defined", "replacement", "x" * 500, ""])
    text = page(chance).replace("utf-8", said) + "£ 海康威视"
    return "html", chance.choice([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]) + text.encode(chance.choice(["utf-8", "utf-16-le", "utf-16", "cp1252", "gb18030", "utf-7"]), "replace")


def pictures(chance):
    data = base64.b64encode(chance.randbytes(chance.choice([100, 200_000]))).decode()
    return "html", f"<img src=\"data:image/png;base64,{data}{chance.choice(['', chr(34), chr(34) + '>'])}{sentence(chance)}<img src=x;base64,{'A' * 50_000}>{sentence(chance)}".encode()


def attacks(chance):
    odd = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=file:///etc/hostname>", "<link rel=stylesheet href=http://127.0.0.1:9/>", "<base href=http://127.0.0.1:9/>", "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>", "<object data=file:///etc/hostname>", "<embed src=http://127.0.0.1:9/>", "<a href=javascript:alert(1)>"]
    return "html", "".join(chance.choice(odd) + f"<p>{sentence(chance)}{chance.choice(AWKWARD)}" for _ in range(30)).encode("utf-8", "surrogatepass")


def hiding(chance):
    ways = ["hidden", "style='display:none'", "style='left:-9999px;position:absolute'", "style='font-size:0'", "style='visibility:hidden'", "style='color:#fff'", "style='opacity:0'", "style='clip:rect(0,0,0,0);position:absolute'", "class=c1", "aria-hidden=true", "style='text-indent:-9999px'", "style='height:0;overflow:hidden'", "style='transform:scale(0)'", "style=\"dis\\70lay:none\"", "style='display:none' style='display:block'"]
    return "html", "".join(f"<div {chance.choice(ways)}>{sentence(chance)}" + chance.choice(["</div>", ""]) for _ in range(60)).encode()


def spans(chance):
    cells = "".join(f"<td colspan={chance.choice([0, -1, 1, 1000, 99999999, 'x'])} rowspan={chance.choice([0, 1, 65534, 99999999])}>{chance.choice(['x', 'Hikvision'])}" + chance.choice(["", "</td>", "<tr>"]) for _ in range(chance.choice([20, 3_000])))
    return "html", f"<table>{cells}</table>".encode()


RECIPES = [damaged_page, damaged_page, damaged_page, damaged_tree, damaged_tree, entities, deep_page, misnested, attributes, sheets, cut_constructs, references, charsets, pictures, attacks, hiding, spans]
