//! The three rules by which lifetimes may be left out, applied one after the other. It must never look at anything but the signature.
//!
//! The rules: the Rust reference, "Lifetime elision", <https://doc.rust-lang.org/reference/lifetime-elision.html>, looked at 2026-11-23.
//! `tests/elision.rs` has rustc judge each signature that the lab offers, as written and as spelled out here.

use super::checks::look_over;
use super::signature::{Signature, Token};
use protocol::lifetimes::{Elision, ElisionRule, ElisionStep, SignatureFault};
use std::collections::BTreeSet;

/// The signature, rule by rule.
///
/// # Errors
/// The text is no signature that is understood.
pub(super) fn spell_out(text: &str) -> Result<Elision, SignatureFault> {
    let mut signature = Signature::parse(text)?;
    look_over(&signature)?;
    let mut steps = vec![ElisionStep { rule: ElisionRule::Written, signature: signature.text(), why: written(&signature) }];
    let mut step = |rule, signature: &Signature, why: String| steps.push(ElisionStep { rule, signature: signature.text(), why });

    let fresh = fresh_names(&signature);
    let given = fill(&mut signature.parameters, fresh);
    declare(&mut signature, &given);
    step(ElisionRule::Inputs, &signature, inputs(&given));

    let open = elided(&signature.result);
    if open == 0 {
        let why =
            "Nothing is left out in what is returned: rules 2 and 3 have nothing to do. The signature is complete.".to_owned();
        step(ElisionRule::Done, &signature, why);
        return Ok(Elision { steps, is_complete: true });
    }
    let known: BTreeSet<String> = lifetimes(&signature.parameters).collect();
    let one = if known.len() == 1 { known.first().cloned() } else { None };
    if let Some(one) = &one {
        fill(&mut signature.result, std::iter::repeat(one.clone()));
    }
    step(ElisionRule::OneInput, &signature, one_input(&known, open));
    if one.is_some() {
        let why = "Nothing is left open in what is returned: rule 3 has nothing to do. The signature is complete.".to_owned();
        step(ElisionRule::Done, &signature, why);
        return Ok(Elision { steps, is_complete: true });
    }
    let of_self = signature.of_self();
    let (Some(of_self), 1) = (of_self.first(), of_self.len()) else {
        let why = if of_self.is_empty() {
            "Self is not taken by reference, so nothing is taken."
        } else {
            "Self is taken through references with more than one lifetime: none of them is taken."
        };
        step(ElisionRule::OfSelf, &signature, why.to_owned());
        let why = "A lifetime in what is returned is left open: rustc refuses this with error E0106, missing lifetime specifier, and asks for \
                   a name.";
        step(ElisionRule::Done, &signature, why.to_owned());
        return Ok(Elision { steps, is_complete: false });
    };
    fill(&mut signature.result, std::iter::repeat(of_self.clone()));
    let why = format!("The method takes self by reference: what is returned gets its lifetime, '{of_self}.");
    step(ElisionRule::OfSelf, &signature, why);
    step(ElisionRule::Done, &signature, "Nothing is left open in what is returned. The signature is complete.".to_owned());
    Ok(Elision { steps, is_complete: true })
}

/// How many lifetimes are left out in these tokens.
pub(super) fn elided(tokens: &[Token]) -> usize {
    (0..tokens.len()).filter(|&at| is_left_out(tokens, at)).count()
}

/// Whether a lifetime is left out here: behind a reference's mark, or with a placeholder.
pub(super) fn is_left_out(tokens: &[Token], at: usize) -> bool {
    is_bare(tokens, at) || tokens.get(at).is_some_and(is_placeholder)
}

/// Whether a reference's mark stands here without a lifetime behind it.
fn is_bare(tokens: &[Token], at: usize) -> bool {
    tokens.get(at) == Some(&Token::Mark('&')) && !matches!(tokens.get(at + 1), Some(Token::Lifetime(_)))
}

fn is_placeholder(token: &Token) -> bool {
    matches!(token, Token::Lifetime(name) if name == "_")
}

/// Gives every lifetime that is left out the next of these names; tells which were taken.
fn fill(tokens: &mut Vec<Token>, names: impl IntoIterator<Item = String>) -> Vec<String> {
    let (mut names, mut taken, mut filled) = (names.into_iter(), Vec::new(), Vec::with_capacity(tokens.len()));
    let mut next = |into: &mut Vec<Token>| {
        if let Some(name) = names.next() {
            taken.push(name.clone());
            into.push(Token::Lifetime(name));
        }
    };
    for at in 0..tokens.len() {
        if is_placeholder(&tokens[at]) {
            next(&mut filled);
        } else {
            filled.push(tokens[at].clone());
            if is_bare(tokens, at) {
                next(&mut filled);
            }
        }
    }
    *tokens = filled;
    taken
}

/// Names that the signature does not use: 'a to 'z, then 'a1 and so on.
fn fresh_names(signature: &Signature) -> impl Iterator<Item = String> + use<> {
    let parts = [signature.generics.as_deref().unwrap_or_default(), &signature.parameters, &signature.result, &signature.bounds];
    let used: BTreeSet<String> = parts.into_iter().flat_map(lifetimes).collect();
    let numbered = (0_u32..).flat_map(|round| {
        ('a'..='z').map(move |letter| if round == 0 { letter.to_string() } else { format!("{letter}{round}") })
    });
    numbered.filter(move |name| !used.contains(name))
}

/// The lifetimes that are written in these tokens, in order.
pub(super) fn lifetimes(tokens: &[Token]) -> impl Iterator<Item = String> {
    tokens.iter().filter_map(|token| match token {
        Token::Lifetime(name) if name != "_" => Some(name.clone()),
        _ => None,
    })
}

/// Writes the given names before the other generic parameters, where lifetimes must stand.
fn declare(signature: &mut Signature, names: &[String]) {
    if names.is_empty() {
        return;
    }
    let mut all: Vec<Token> = Vec::new();
    for name in names {
        all.extend([Token::Lifetime(name.clone()), Token::Mark(',')]);
    }
    match &mut signature.generics {
        Some(generics) if !generics.is_empty() => all.append(generics),
        _ => {
            all.pop();
        }
    }
    signature.generics = Some(all);
}

fn written(signature: &Signature) -> String {
    let count = |count: usize| match count {
        0 => "no lifetime".to_owned(),
        1 => "one lifetime".to_owned(),
        more => format!("{more} lifetimes"),
    };
    format!(
        "As written. Left out: {} among the parameters, {} in what is returned.",
        count(elided(&signature.parameters)),
        count(elided(&signature.result))
    )
}

fn inputs(given: &[String]) -> String {
    match given {
        [] => "Nothing is left out among the parameters, so rule 1 has nothing to do.".to_owned(),
        [one] => format!("The one lifetime that is left out among the parameters becomes one of its own: '{one}."),
        more => format!("Each of the {} lifetimes that are left out among the parameters becomes one of its own.", more.len()),
    }
}

fn one_input(known: &BTreeSet<String>, open: usize) -> String {
    let returned = if open == 1 { "what is left out in the result is" } else { "all that is left out in the result is" };
    match known.len() {
        0 => "The parameters have no lifetime at all, so there is none to take.".to_owned(),
        1 => format!("The parameters have exactly one lifetime, '{}: {returned} that.", known.first().map_or("", String::as_str)),
        more => format!("The parameters have {more} lifetimes: none of them is taken."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> (String, bool) {
        let elision = spell_out(text).unwrap();
        (elision.steps.last().unwrap().signature.clone(), elision.is_complete)
    }

    #[test]
    fn the_rules_come_to_what_the_reference_says() {
        let complete = |text: &str, full: &str| assert_eq!(ends(text), (full.to_owned(), true));
        complete("fn f(a: &str) -> &str", "fn f<'a>(a: &'a str) -> &'a str");
        complete("fn f(a: &str, b: &str)", "fn f<'a, 'b>(a: &'a str, b: &'b str)");
        complete("fn f<'a>(a: &'a str, b: usize) -> &str", "fn f<'a>(a: &'a str, b: usize) -> &'a str");
        complete("fn f(&self, b: &str) -> &str", "fn f<'a, 'b>(&'a self, b: &'b str) -> &'a str");
        complete("fn f<T: Debug>(&mut self) -> Option<&T>", "fn f<'a, T: Debug>(&'a mut self) -> Option<&'a T>");
        complete("fn f(self: Pin<&mut Self>, b: &str) -> &str", "fn f<'a, 'b>(self: Pin<&'a mut Self>, b: &'b str) -> &'a str");
        complete("fn f(b: Box<&Self>) -> &str", "fn f<'a>(b: Box<&'a Self>) -> &'a str");
        complete("fn f(a: Words<'_>) -> Words<'_>", "fn f<'a>(a: Words<'a>) -> Words<'a>");
        complete("fn f(&x: &u8) -> &u8", "fn f<'a>(&x: &'a u8) -> &'a u8");
        complete("fn f(P { x: &y }: P, (&a, b): (&u8, u8)) -> &u8", "fn f<'a>(P { x: &y }: P, (&a, b): (&'a u8, u8)) -> &'a u8");
        complete("fn f(a: &'static str) -> &str", "fn f(a: &'static str) -> &'static str");
    }

    #[test]
    fn what_no_rule_completes_is_refused() {
        assert_eq!(ends("fn f(a: &str, b: &str) -> &str"), ("fn f<'a, 'b>(a: &'a str, b: &'b str) -> &str".to_owned(), false));
        assert_eq!(ends("fn f() -> &str"), ("fn f() -> &str".to_owned(), false));
        assert!(!ends("fn f(self, b: &str, c: &str) -> &str").1);
        assert!(!ends("fn f(self: &Box<&Self>, b: &str) -> &str").1, "two references lead to self");
    }

    #[test]
    fn every_rule_that_was_looked_at_is_a_step() {
        let rules = |text: &str| spell_out(text).unwrap().steps.iter().map(|step| step.rule).collect::<Vec<_>>();
        assert_eq!(rules("fn f()"), [ElisionRule::Written, ElisionRule::Inputs, ElisionRule::Done]);
        assert_eq!(
            rules("fn f(&self) -> &u8"),
            [ElisionRule::Written, ElisionRule::Inputs, ElisionRule::OneInput, ElisionRule::Done]
        );
        assert_eq!(
            rules("fn f() -> &u8"),
            [ElisionRule::Written, ElisionRule::Inputs, ElisionRule::OneInput, ElisionRule::OfSelf, ElisionRule::Done]
        );
    }

    proptest::proptest! {
        #[test]
        fn a_complete_signature_stays_as_it_is(text in "fn f[(](&self, )?(a: &'?[a-c]? ?u8, ){0,3}[)]( -> &u8)?") {
            if let Ok(elision) = spell_out(&text) && elision.is_complete {
                let full = elision.steps.last().unwrap().signature.clone();
                proptest::prop_assert_eq!(ends(&full), (full, true));
            }
        }
    }
}
