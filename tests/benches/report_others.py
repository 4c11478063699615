"""The same content as the bulletin, set by Typst and by WeasyPrint: python report_others.py BULLETIN.docx FONTS OUT

Reads the paragraphs and tables of the bulletin's .docx, writes them as Typst and as HTML with the same faces and sizes, and prints one
line of JSON with seconds and bytes of each; a program that is not installed is left out. Reading the .docx is off the clock.
"""

import json
import sys
import time
import zipfile
from html import escape
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text(node):
    return "".join(piece.text or "" for piece in node.iter(f"{W}t"))


def blocks(docx):
    """Paragraphs as strings and tables as lists of rows, in order."""
    with zipfile.ZipFile(docx) as package:
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    for node in body:
        if node.tag == f"{W}p":
            yield text(node)
        elif node.tag == f"{W}tbl":
            yield [[text(cell) for cell in row.findall(f"{W}tc")] for row in node.findall(f"{W}tr")]


def typst_source(content):
    def quoted(words):
        return json.dumps(words, ensure_ascii=False)

    parts = [
        '#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")',
        '#set text(font: "Noto Serif SC", size: 16pt, lang: "zh")',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)",
    ]
    for block in content:
        if isinstance(block, str):
            if block:
                parts.append(f"#par(text({quoted(block)}))")
            continue
        columns = max(len(row) for row in block)
        cells = []
        for at, row in enumerate(block):
            made = ", ".join(f"text(size: 10.5pt, {quoted(cell)})" for cell in row + [""] * (columns - len(row)))
            cells.append(f"table.header({made})" if at == 0 else made)
        parts.append(f"#table(columns: {columns}, {', '.join(cells)})")
    return "\n\n".join(parts)


def html_source(content, fonts):
    faces = "".join(
        f"@font-face {{ font-family: Body; src: url('{(fonts / name).as_uri()}'); }}" for name in ["NotoSerifSC-Regular.ttf"]
    )
    parts = [
        f"<meta charset=utf-8><style>{faces} @page {{ size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center {{ content: counter(page) }} }}"
        " body { font: 16pt/28pt Body; text-align: justify } p { text-indent: 2em; margin: 0 }"
        " table { border-collapse: collapse; font-size: 10.5pt; line-height: 14pt } td, th { border: .5pt solid; padding: 2pt }</style>"
    ]
    for block in content:
        if isinstance(block, str):
            parts.append(f"<p>{escape(block)}</p>")
            continue
        rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block]
        parts.append(f"<table><thead><tr>{rows[0]}</tr></thead>" + "".join(f"<tr>{row}</tr>" for row in rows[1:]) + "</table>")
    return "".join(parts)


def main():
    content = list(blocks(sys.argv[1]))
    fonts, out = Path(sys.argv[2]), Path(sys.argv[3])
    found = {}
    try:
        import typst

        source = out / "bulletin.typ"
        source.write_text(typst_source(content), encoding="utf-8")
        # once: a second time it would only read its own cache
        began = time.perf_counter()
        pdf = typst.compile(source, font_paths=[str(fonts)], ignore_system_fonts=True)
        found["typst"] = {"seconds": time.perf_counter() - began, "bytes": len(pdf)}
    except ImportError as error:
        found["typst_missing"] = str(error)
    try:
        from weasyprint import HTML

        page = html_source(content, fonts)
        began = time.perf_counter()
        pdf = HTML(string=page).write_pdf()
        found["weasyprint"] = {"seconds": time.perf_counter() - began, "bytes": len(pdf)}
    except (ImportError, OSError) as error:
        found["weasyprint_missing"] = str(error)
    print(json.dumps(found))


main()
