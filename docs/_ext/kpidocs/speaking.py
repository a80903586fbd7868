"""Which language a page speaks, where it stands in the other one, and a few words of the theme."""

from __future__ import annotations

import re

ENGLISH = ("en/", "api/", "project/", "adr/")
CHINESE = ("index", "search", "genindex", "py-modindex")
"""Pages for everybody, which speak Chinese first."""

OTHER = {"zh": "English", "en": "中文"}
"""What the link to the other language says."""

THEME = {
    "Contents": "目录",
    "Home": "首页",
    "Next": "下一页",
    "On this page": "本页内容",
    "Back to top": "回到页首",
    "Previous": "上一页",
}
"""Words for which neither Sphinx nor the theme has Chinese ones."""

_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’"
_CHINESE_SIGN = re.compile(f"[{_CHINESE}]")


def language_of(docname: str) -> str:
    """The language of a page: what stands at the top of ``docs/`` is English.

    >>> language_of("zh/index"), language_of("design"), language_of("search")
    ('zh', 'en', 'zh')
    """
    if docname.startswith("zh/") or docname in CHINESE:
        return "zh"
    return "en" if docname.startswith(ENGLISH) or "/" not in docname else "zh"


def counterpart(docname: str, known: set[str]) -> str:
    """The same page in the other language, or the first page of that language.

    >>> counterpart("zh/why/x", {"en/why/x"}), counterpart("api/index", set())
    ('en/why/x', 'zh/index')
    """
    lang = language_of(docname)
    other = "en" if lang == "zh" else "zh"
    same = docname.replace(f"{lang}/", f"{other}/", 1)
    return same if same != docname and same in known else f"{other}/index"


def is_chinese_break(before: str, after: str) -> bool:
    """Whether a line ends between two Chinese characters, where a space would be wrong.

    >>> is_chinese_break("一行，", "又一行"), is_chinese_break("用 pip", "安装")
    (True, False)
    """
    return bool(_CHINESE_SIGN.match(before[-1:]) and _CHINESE_SIGN.match(after[:1]))
