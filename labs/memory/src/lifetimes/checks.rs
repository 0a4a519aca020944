//! What the compiler refuses of a signature before, or whatever, the elision rules come to: names that nobody declared, and places where no
//! lifetime can be left out. It must never change a signature.
//!
//! Which error each of them is was asked of rustc 1.95; `tests/elision.rs` asks again.

use super::elision::{elided, is_left_out, lifetimes};
use super::signature::{Signature, Token};
use protocol::lifetimes::SignatureFault;
use std::collections::BTreeSet;

/// Looks a signature over.
///
/// # Errors
/// The first fault found.
pub(super) fn look_over(signature: &Signature) -> Result<(), SignatureFault> {
    let generics = signature.generics.as_deref().unwrap_or_default();
    let types = || signature.parameters.iter().chain(&signature.result);
    if types().any(|token| *token == word("for")) {
        return Err(SignatureFault::HigherRanked);
    }
    if elided(generics) + elided(&signature.bounds) > 0 {
        return Err(SignatureFault::ElidedInBound);
    }
    if any_left_out_in_impl(&signature.parameters) {
        return Err(SignatureFault::ElidedInImpl);
    }
    let declared: BTreeSet<String> =
        declared(generics).chain(of_for(generics)).chain(of_for(&signature.bounds)).chain(["static".to_owned()]).collect();
    let mut used = [generics, &signature.parameters, &signature.result, &signature.bounds].into_iter().flat_map(lifetimes);
    let unknown = used.find(|name| !declared.contains(name));
    unknown.map_or(Ok(()), |name| Err(SignatureFault::Undeclared(name)))
}

/// The lifetimes that begin a generic parameter.
fn declared(generics: &[Token]) -> impl Iterator<Item = String> {
    let mut depth = 0_i32;
    let between = move |token: &Token| {
        depth += token.steps_in();
        depth == 0 && *token == Token::Mark(',')
    };
    generics.split(between).filter_map(|parameter| lifetimes(parameter.get(..1)?).next())
}

/// The lifetimes that a `for<…>` declares, for its own bound alone; it is enough here that somebody declared them.
fn of_for(tokens: &[Token]) -> impl Iterator<Item = String> {
    let starts = (0..tokens.len()).filter(move |&at| tokens[at] == word("for"));
    starts.flat_map(move |at| lifetimes(tokens[at..].split(|token| *token == Token::Mark('>')).next().unwrap_or_default()))
}

/// Whether a lifetime is left out within an `impl Trait`.
fn any_left_out_in_impl(parameters: &[Token]) -> bool {
    let mut starts = (0..parameters.len()).filter(|&at| parameters[at] == word("impl"));
    starts.any(|start| {
        let mut depth = 0_i32;
        let is_within = |&at: &usize| {
            depth += parameters[at].steps_in();
            depth > 0 || (depth == 0 && parameters[at] != Token::Mark(','))
        };
        (start + 1..parameters.len()).take_while(is_within).any(|at| is_left_out(parameters, at))
    })
}

fn word(word: &str) -> Token {
    Token::Word(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustc_refuses_whatever_the_rules_say_is_told_apart() {
        let fault = |text: &str| look_over(&Signature::parse(text).unwrap()).err();
        let undeclared = |name: &str| Some(SignatureFault::Undeclared(name.to_owned()));
        assert_eq!(fault("fn f(a: &'a str) -> &str"), undeclared("a"));
        assert_eq!(fault("fn f<'a>(a: &'a str) -> &'b str"), undeclared("b"));
        assert_eq!(fault("fn f<'a, T: Tr<'b>>(a: &'a T)"), undeclared("b"));
        assert_eq!(fault("fn f<T>(a: T) where T: 'a"), undeclared("a"));
        assert_eq!(fault("fn f(a: impl Iterator<Item = &str>)"), Some(SignatureFault::ElidedInImpl));
        assert_eq!(fault("fn f(a: impl Tr<'static> + '_)"), Some(SignatureFault::ElidedInImpl));
        assert_eq!(fault("fn f<T: Tr<'_>>(a: T)"), Some(SignatureFault::ElidedInBound));
        assert_eq!(fault("fn f<T>(a: T) where T: Into<&str>"), Some(SignatureFault::ElidedInBound));
        assert_eq!(fault("fn f(a: &dyn for<'x> Tr<'x>)"), Some(SignatureFault::HigherRanked));
        for text in [
            "fn f(a: &str) -> &'static str",
            "fn f(a: Words<'_>) -> &str",
            "fn f<'a, T: Tr<'a>, const N: usize>(a: &'a [T; N])",
            "fn f<T: for<'x> Tr<'x>>(a: T) where T: for<'y> Tr<'y>",
            "fn f(a: &impl Tr<'static>) -> &str",
            "fn f(a: (impl Tr<'static>, &str)) -> &str",
            "fn f(a: impl Tr<'static>, b: &str)",
            "fn f(a: &str) -> impl Iterator<Item = &str>",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }
}
