//! A function's signature as words and marks, as far as the elision rules look at it. It knows no types: `Words` that hides a lifetime it takes for
//! a type without one, as a reader would who has not seen its definition.

use protocol::lifetimes::SignatureFault;
use std::collections::BTreeSet;

/// A piece of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a keyword.
    Word(String),
    /// A lifetime, without its quotation mark.
    Lifetime(String),
    /// `->`
    Arrow,
    /// The `&` of a pattern, which takes a reference apart and is none.
    TakesApart,
    /// Any other mark.
    Mark(char),
}

impl Token {
    /// How much deeper in brackets a reader is behind this.
    pub(super) fn steps_in(&self) -> i32 {
        match self {
            Self::Mark('(' | '[' | '{' | '<') => 1,
            Self::Mark(')' | ']' | '}' | '>') => -1,
            _ => 0,
        }
    }
}

/// A signature, taken apart at what the rules tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    /// The function's name, and what stands before `fn`.
    pub(super) head: Vec<Token>,
    /// What stands in its angle brackets; none without any.
    pub(super) generics: Option<Vec<Token>>,
    /// What stands in its parentheses.
    pub(super) parameters: Vec<Token>,
    /// What it returns; empty if nothing.
    pub(super) result: Vec<Token>,
    /// `where` and what follows.
    pub(super) bounds: Vec<Token>,
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 400;

impl Signature {
    /// Takes a signature apart. A body, or a semicolon, and all behind it is left out.
    ///
    /// # Errors
    /// It is too long, is no function, its brackets do not match, or it names the type of a function, whose lifetimes are matters of its own.
    pub(super) fn parse(text: &str) -> Result<Self, SignatureFault> {
        if text.len() > LONGEST {
            return Err(SignatureFault::TooLong);
        }
        let mut tokens = tokens(text)?;
        tokens.truncate(end(&tokens));
        let is_fn = |token: &Token| *token == Token::Word("fn".to_owned());
        let at = tokens.iter().position(is_fn).ok_or(SignatureFault::NoFunction)?;
        let mut rest = tokens.split_off(at + 1).into_iter().peekable();
        // What stood before `fn`, which is written again with the name.
        tokens.pop();
        let mut head = tokens;
        match rest.next() {
            Some(Token::Word(name)) => head.push(Token::Word(name)),
            _ => return Err(SignatureFault::NoFunction),
        }
        let generics = (rest.peek() == Some(&Token::Mark('<'))).then(|| enclosed(&mut rest, '<', '>')).transpose()?;
        if rest.peek() != Some(&Token::Mark('(')) {
            return Err(SignatureFault::NoFunction);
        }
        let mut parameters = enclosed(&mut rest, '(', ')')?;
        parameters.split_mut(comma_between()).for_each(tell_pattern_from_type);
        let mut bounds = Vec::new();
        let mut result = Vec::new();
        if rest.next_if_eq(&Token::Arrow).is_some() {
            while let Some(token) = rest.next_if(|token| *token != Token::Word("where".to_owned())) {
                result.push(token);
            }
            if result.is_empty() {
                return Err(SignatureFault::NoFunction);
            }
        }
        bounds.extend(rest);
        if bounds.first().is_some_and(|first| *first != Token::Word("where".to_owned())) {
            return Err(SignatureFault::NoFunction);
        }
        let all = parameters.iter().chain(&result);
        if all.clone().any(|token| matches!(token, Token::Arrow)) || all.clone().any(is_callable) {
            return Err(SignatureFault::FunctionType);
        }
        Ok(Self { head, generics, parameters, result, bounds })
    }

    /// The signature as one line.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let (name, before) =
            self.head.split_last().map_or((&[][..], &[][..]), |(name, before)| (std::slice::from_ref(name), before));
        write(&mut text, before);
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str("fn ");
        write(&mut text, name);
        if let Some(generics) = &self.generics {
            text.push('<');
            write(&mut text, generics);
            text.push('>');
        }
        text.push('(');
        write(&mut text, &self.parameters);
        text.push(')');
        if !self.result.is_empty() {
            text.push_str(" -> ");
            write(&mut text, &self.result);
        }
        if !self.bounds.is_empty() {
            text.push(' ');
            write(&mut text, &self.bounds);
        }
        text
    }

    /// The lifetimes of the references through which the method takes self, none written twice: that of `&self`, or those in the type that
    /// stands at `self`, as in `self: Pin<&mut Self>`. `fill` must have named them all.
    pub(super) fn of_self(&self) -> BTreeSet<String> {
        let first = self.parameters.split(comma_between()).next().unwrap_or_default();
        let before = first.iter().position(|token| *token == Token::Word("self".to_owned()));
        let is_self = |before: &[Token]| {
            before
                .iter()
                .all(|token| matches!(token, Token::Mark('&') | Token::Lifetime(_)) || *token == Token::Word("mut".to_owned()))
        };
        if before.is_none_or(|before| !is_self(&first[..before])) {
            return BTreeSet::new();
        }
        let of_reference = |pair: &[Token]| match pair {
            [Token::Mark('&'), Token::Lifetime(name)] => Some(name.clone()),
            _ => None,
        };
        first.windows(2).filter_map(of_reference).collect()
    }
}

/// Finds the commas that part parameters, and not those within brackets.
fn comma_between() -> impl FnMut(&Token) -> bool {
    let mut depth = 0_i32;
    move |token| {
        depth += token.steps_in();
        depth == 0 && *token == Token::Mark(',')
    }
}

/// Of a parameter `<pattern>: <type>`, marks each `&` of the pattern. `&self` has no pattern.
fn tell_pattern_from_type(parameter: &mut [Token]) {
    let is_colon = |at: Option<usize>| at.is_some_and(|at| parameter.get(at) == Some(&Token::Mark(':')));
    let mut depth = 0_i32;
    let parts = |at: &usize| {
        depth += parameter.get(*at).map_or(0, Token::steps_in);
        // Two of them are a path's.
        depth == 0 && is_colon(Some(*at)) && !is_colon(at.checked_sub(1)) && !is_colon(Some(at + 1))
    };
    let colon = (0..parameter.len()).find(parts).unwrap_or_default();
    for token in parameter.iter_mut().take(colon).filter(|token| **token == Token::Mark('&')) {
        *token = Token::TakesApart;
    }
}

/// Where the body begins, or the semicolon stands that ends the signature.
fn end(tokens: &[Token]) -> usize {
    let mut depth = 0_i32;
    let is_end = |token: &Token| {
        match token {
            Token::Mark('(' | '[') => depth += 1,
            Token::Mark(')' | ']') => depth -= 1,
            Token::Mark('{' | ';') => return depth <= 0,
            _ => {}
        }
        false
    };
    tokens.iter().position(is_end).unwrap_or(tokens.len())
}

/// The names of types and traits that are functions.
fn is_callable(token: &Token) -> bool {
    matches!(token, Token::Word(word) if ["fn", "Fn", "FnMut", "FnOnce"].contains(&word.as_str()))
}

/// What stands between a bracket that opens and the one that closes it.
fn enclosed(rest: &mut impl Iterator<Item = Token>, open: char, close: char) -> Result<Vec<Token>, SignatureFault> {
    let (mut depth, mut inner) = (0_u32, Vec::new());
    for token in rest.by_ref() {
        if token == Token::Mark(open) {
            depth += 1;
            if depth == 1 {
                continue;
            }
        } else if token == Token::Mark(close) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Ok(inner);
            }
        }
        inner.push(token);
    }
    Err(SignatureFault::Brackets)
}

fn tokens(text: &str) -> Result<Vec<Token>, SignatureFault> {
    let mut rest = text;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if is_of_word(first) {
            tokens.push(Token::Word(word(&mut rest)));
        } else if first == '\'' {
            rest = &rest[1..];
            let name = word(&mut rest);
            if name.is_empty() || rest.starts_with('\'') {
                return Err(SignatureFault::Letter('\''));
            }
            tokens.push(Token::Lifetime(name));
        } else if rest.starts_with("->") {
            rest = &rest[2..];
            tokens.push(Token::Arrow);
        } else if "&<>()[]{}:,;=+*!?#|.-".contains(first) {
            rest = &rest[1..];
            tokens.push(Token::Mark(first));
        } else {
            return Err(SignatureFault::Letter(first));
        }
    }
    Ok(tokens)
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn word(rest: &mut &str) -> String {
    let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    *rest = behind;
    word.to_owned()
}

/// Writes tokens with the spaces that rustfmt would set, as near as a line needs.
fn write(text: &mut String, tokens: &[Token]) {
    let mut before: Option<&Token> = None;
    for token in tokens {
        let is_glued = match (before, token) {
            // A tuple stands apart from what is before it, arguments do not.
            (Some(Token::Mark(',' | ':' | '=' | '+')), Token::Mark('(')) => false,
            (None | Some(Token::TakesApart | Token::Mark('&' | '<' | '(' | '[' | '*' | '!' | '#' | '.' | '?')), _)
            | (_, Token::Mark('>' | ')' | ']' | ',' | ';' | ':' | '<' | '(' | '.' | '!')) => true,
            // Of a path's two colons the second is followed at once.
            (Some(Token::Mark(':')), Token::Word(_)) => text.ends_with("::"),
            _ => false,
        };
        if !is_glued {
            text.push(' ');
        }
        match token {
            Token::Word(word) => text.push_str(word),
            Token::Lifetime(name) => {
                text.push('\'');
                text.push_str(name);
            }
            Token::Arrow => text.push_str("->"),
            Token::TakesApart => text.push('&'),
            Token::Mark(mark) => text.push(*mark),
        }
        before = Some(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_apart_is_written_as_it_was() {
        for text in [
            "fn f(a: &str) -> &str",
            "pub fn f<'a, T: Debug>(&'a mut self, b: std::vec::Vec<&'a T>) -> Option<&'a T> where T: Clone + 'a",
            "async fn f(self: &Self, [a, b]: [&u8; 2]) -> (usize, &u8)",
            "unsafe fn f(a: *const u8)",
            "fn f(&x: &u8, (&a, Some::<u8>(b)): (&u8, Option<u8>), &self::N: &u8) -> &u8",
        ] {
            assert_eq!(Signature::parse(text).map(|signature| signature.text()), Ok(text.to_owned()));
        }
        assert_eq!(Signature::parse("fn f ( ) { body }").unwrap().text(), "fn f()");
    }

    #[test]
    fn what_is_no_signature_is_refused_with_its_reason() {
        let fault = |text: &str| Signature::parse(text).unwrap_err();
        assert_eq!(fault("struct S;"), SignatureFault::NoFunction);
        assert_eq!(fault("fn f"), SignatureFault::NoFunction);
        assert_eq!(fault("fn f() ->"), SignatureFault::NoFunction);
        assert_eq!(fault("fn f() nonsense"), SignatureFault::NoFunction);
        assert_eq!(fault("fn f(a: &str"), SignatureFault::Brackets);
        assert_eq!(fault("fn f(a: é)"), SignatureFault::Letter('é'));
        assert_eq!(fault("fn f(a: 'x')"), SignatureFault::Letter('\''));
        assert_eq!(fault("fn f(a: fn(&str) -> &str)"), SignatureFault::FunctionType);
        assert_eq!(fault("fn f(a: impl Fn(&str))"), SignatureFault::FunctionType);
        assert_eq!(fault(&format!("fn f({})", "a".repeat(LONGEST))), SignatureFault::TooLong);
    }

    #[test]
    fn self_is_known_in_each_of_its_forms() {
        let of_self = |text: &str| Signature::parse(text).unwrap().of_self().into_iter().collect::<Vec<_>>().join(" ");
        for text in [
            "fn f(&'a self)",
            "fn f(&'a mut self, b: &'b u8)",
            "fn f(self: &'a Self)",
            "fn f(mut self: Pin<&'a mut Self>, b: &'b u8)",
            "fn f(self: Box<&'a Self>)",
            "fn f(self: &'a &'a Self)",
        ] {
            assert_eq!(of_self(text), "a", "{text}");
        }
        assert_eq!(of_self("fn f(self: &'a Box<&'b Self>)"), "a b");
        for text in
            ["fn f(self)", "fn f(mut self)", "fn f(a: &'a str, b: &'b Self)", "fn f(self: Box<Self>, b: &'b u8)", "fn f()"]
        {
            assert_eq!(of_self(text), "", "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_much_for_it(text in "[ -~é\n]{0,80}|fn f[<>()&'a-z,:> -]{0,60}") {
            if let Ok(signature) = Signature::parse(&text) {
                let again = Signature::parse(&signature.text());
                proptest::prop_assert_eq!(again, Ok(signature));
            }
        }
    }
}
