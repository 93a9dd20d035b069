"""From the body of a document to the bytes of a ``.docx``: the same input gives the same bytes."""

import io
import zipfile
from dataclasses import dataclass

from exports.word.markup import field, paragraph, run, text_paragraph, xml_text
from exports.word.styles import LANGUAGE_TAGS, styles_xml

_EPOCH = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "styles": "styles",
    "settings": "settings",
    "header": "header",
    "footer": "footer",
    "cover-header": "header",
    "cover-footer": "footer",
}
"""The kind of each part beside the document itself, by its name."""


@dataclass(frozen=True)
class Properties:
    """What a document says of itself. ``date`` is ``YYYY-MM-DD``: that of the content, never of the writing.

    ``header`` runs over every page but the first, which has ``cover`` at its foot.
    """

    title: str
    subject: str
    header: str
    cover: str
    page_pattern: str
    date: str
    language: str


def docx_bytes(body: str, properties: Properties) -> bytes:
    """Return a whole ``.docx`` (ECMA-376) around the content of ``w:body``.

    ``page_pattern`` holds ``{page}`` and ``{pages}``: «стр. {page} из {pages}».
    """
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(properties),
        "docProps/app.xml": _app(),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": styles_xml(properties.language),
        "word/settings.xml": _settings(properties.language),
        "word/header.xml": f"<w:hdr {_NAMESPACES}>{text_paragraph('Header', properties.header)}</w:hdr>",
        "word/footer.xml": f"<w:ftr {_NAMESPACES}>{_footer(properties.page_pattern)}</w:ftr>",
        "word/cover-header.xml": f"<w:hdr {_NAMESPACES}>{paragraph('CoverEdge')}</w:hdr>",
        "word/cover-footer.xml": (
            f"<w:ftr {_NAMESPACES}>{text_paragraph('CoverEdge', properties.cover)}</w:ftr>"
        ),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (_DECLARATION + content).encode())
    return target.getvalue()


def _content_types() -> str:
    types = {
        **{f"/word/{part}.xml": f"{_WORD_TYPE}.{kind}+xml" for part, kind in _PARTS.items()},
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(entries: dict[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, (kind, target) in entries.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _package_relations() -> str:
    return _relations(
        {
            "document": (f"{_OFFICE}/officeDocument", "word/document.xml"),
            "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            "app": (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        }
    )


def _document_relations() -> str:
    return _relations({part: (f"{_OFFICE}/{kind}", f"{part}.xml") for part, kind in _PARTS.items()})


def _settings(language: str) -> str:
    """Ask Word to count the pages of the contents when it opens the document."""
    return (
        f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGE_TAGS[language]}"/></w:settings>'
    )


def _footer(pattern: str) -> str:
    before, _field, rest = pattern.partition("{page}")
    between, _field, after = rest.partition("{pages}")
    runs = (run(before), field("PAGE", "1"), run(between), field("NUMPAGES", "1"), run(after))
    return paragraph("Footer", *runs)


def _core(properties: Properties) -> str:
    stamp = f"{properties.date}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(properties.title)}</dc:title><dc:subject>{xml_text(properties.subject)}</dc:subject>"
        "<dc:creator>Facilitator</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{LANGUAGE_TAGS[properties.language]}</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{kind}"><Application>Facilitator</Application></Properties>'
