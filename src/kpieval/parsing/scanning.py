"""The lexer: lark's contextual lexer, each terminal compiled alone and tried only where it can be.

Lark joins the terminals of a state into one expression; with hundreds of states and long
expressions, compiling them takes longer than most runs. Here a terminal is compiled when a text
first needs it, and the terminals of a state are asked in lark's own order: what is found is the
same, and a test compares the two lexers over all corpora.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from lark import Token
from lark.common import LexerConf
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lexer import ContextualLexer, LexerState, TerminalDef

from kpieval.parsing.beginnings import Characters, beginnings

Match = Callable[..., re.Match[str] | None]


class Terminals:
    """All terminals in lark's order, their beginnings, and their expressions once compiled."""

    def __init__(
        self, terminals: Collection[TerminalDef], known: Mapping[str, Characters] | None = None
    ) -> None:
        # Lark's own order: among terminals of one priority the one that can be longest comes first.
        self.sorted = sorted(
            terminals,
            key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name),
        )
        self.by_name = {terminal.name: terminal for terminal in terminals}
        self._begins = dict(known or {})
        self._matches: dict[str, Match] = {}

    def begins(self, terminal: TerminalDef, character: str) -> bool:
        """Whether a match of the terminal can begin with the character."""
        name = terminal.name
        if name not in self._begins:
            self._begins[name] = beginnings(terminal.pattern.to_regexp())
        return self._begins[name].holds(character)

    def match(self, terminal: TerminalDef) -> Match:
        """The function that matches the terminal."""
        name = terminal.name
        if name not in self._matches:
            self._matches[name] = re.compile(terminal.pattern.to_regexp()).match
        return self._matches[name]


class State:
    """The terminals that one state of the parser accepts."""

    def __init__(self, accepts: frozenset[str], terminals: Terminals) -> None:
        self.accepts = accepts
        self._terminals = terminals
        self._own = [one for one in terminals.sorted if one.name in accepts]
        self._tried: dict[str, list[tuple[str, Match]]] = {}

    def find(self, text: str, place: int, end: int) -> tuple[str, str] | None:
        """The first terminal that matches at the place, and what it matches."""
        character = text[place]
        tried = self._tried.get(character)
        if tried is None:
            tried = [
                (one.name, self._terminals.match(one))
                for one in self._own
                if self._terminals.begins(one, character)
            ]
            self._tried[character] = tried
        for name, match in tried:
            found = match(text, place, end)
            if found is not None:
                return name, found.group()
        return None


class LazyLexer(ContextualLexer):
    """The lexer that lark is given in place of its own; it knows terminals that nothing calls."""

    def __init__(
        self,
        conf: LexerConf,
        states: dict[int, Collection[str]],
        always_accept: Collection[str] = (),
    ) -> None:
        assert not conf.callbacks and not always_accept  # our grammar uses neither
        self._ignored = frozenset(conf.ignore)
        self._terminals = Terminals(conf.terminals)
        self._accepted = states
        self._by_accepts: dict[frozenset[str], State] = {}
        self._states: dict[int, State] = {}
        self._everything = State(frozenset(self._terminals.by_name), self._terminals)

    def knows(self, known: Mapping[str, Characters]) -> None:
        """Take the beginnings of terminals, so that they need not be worked out again."""
        self._terminals = Terminals(self._terminals.sorted, known)
        self._everything = State(frozenset(self._terminals.by_name), self._terminals)
        self._by_accepts.clear()
        self._states.clear()

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        """The tokens, each looked for among those that the parser's state accepts."""
        text, counter = lexer_state.text, lexer_state.line_ctr
        while counter.char_pos < text.end:
            place = counter.char_pos
            state = self._state(parser_state.position)
            found = state.find(text.text, place, text.end)
            if found is None:
                raise self._refusal(state, lexer_state, parser_state)
            name, value = found
            counter.char_pos = place + len(value)
            if name in self._ignored:
                continue
            token = Token(name, value, place, 1, place + 1, 1, counter.char_pos + 1)
            token.end_pos = counter.char_pos
            lexer_state.last_token = token
            yield token

    def _state(self, position: int) -> State:
        state = self._states.get(position)
        if state is None:
            accepts = self._terminals.by_name.keys() & self._accepted[position] | self._ignored
            state = self._by_accepts.setdefault(
                frozenset(accepts), State(frozenset(accepts), self._terminals)
            )
            self._states[position] = state
        return state

    def _refusal(
        self, state: State, lexer_state: LexerState, parser_state: Any
    ) -> UnexpectedCharacters | UnexpectedToken:
        """The error of lark: a token that stands in the wrong place, or no token at all."""
        text, place = lexer_state.text, lexer_state.line_ctr.char_pos
        allowed = set(state.accepts - self._ignored) or {"<END-OF-FILE>"}
        history = lexer_state.last_token and [lexer_state.last_token]
        found = self._everything.find(text.text, place, text.end)
        names = self._terminals.by_name
        if found is None or found[0] in self._ignored:
            return UnexpectedCharacters(  # type: ignore[no-untyped-call]
                text.text,
                place,
                1,
                place + 1,
                allowed=allowed,
                token_history=history,
                state=parser_state,
                terminals_by_name=names,
            )
        name, value = found
        token = Token(name, value, place, 1, place + 1)
        return UnexpectedToken(  # type: ignore[no-untyped-call]
            token,
            allowed,
            state=parser_state,
            token_history=[lexer_state.last_token],
            terminals_by_name=names,
        )
