"""How Chinese text is cut for the search: every character, and every two that stand together.

A search for 评分规则 then asks for 评分, 分规 and 规则. That needs no dictionary, which would not
know 绩效自评 anyway, and the browser can cut what is typed in the same way.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"[㐀-鿿]+|[A-Za-z0-9_.-]*[A-Za-z0-9_]")

SPLIT_IN_BROWSER = r"""
var splitQuery = function (query) {
  var found = query.match(/[\u3400-\u9fff]+|[A-Za-z0-9_.-]*[A-Za-z0-9_]/g) || [];
  var words = [];
  found.forEach(function (run) {
    if (!/[\u3400-\u9fff]/.test(run) || run.length === 1) {
      words.push(run);
    } else {
      for (var at = 0; at + 1 < run.length; at++) words.push(run.slice(at, at + 2));
    }
  });
  return words;
};
"""
"""The same for a query: pairs alone, or the one character that was typed."""


def terms(text: str) -> list[str]:
    """The terms of a text for the index.

    >>> terms("评分 KP101")
    ['评', '分', '评分', 'KP101']
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii():
            found.append(run)
        else:
            found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
    return found
