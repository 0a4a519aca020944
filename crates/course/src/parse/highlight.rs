//! Highlighting at build time: syntect's scopes mapped to a handful of classes of our own, so that a style sheet's custom properties
//! colour code in light and dark. No colour is ever written into the HTML. Punctuation and operators get no span: most of a listing's
//! elements would be theirs.

use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// What a piece of code is. [`Class::name`] is the HTML class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Comments, documentation included.
    Comment,
    /// Strings and characters.
    String,
    /// Escapes and placeholders within strings.
    Escape,
    /// Numbers, `true` and `false`, constants.
    Number,
    /// Keywords, and `self`.
    Keyword,
    /// Types, traits, enum variants, keys of a configuration file.
    Type,
    /// Functions and methods, where defined and where called.
    Function,
    /// Macros.
    Macro,
    /// Attributes.
    Attribute,
    /// Lifetimes and labels.
    Lifetime,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 10] = [
        Self::Comment,
        Self::String,
        Self::Escape,
        Self::Number,
        Self::Keyword,
        Self::Type,
        Self::Function,
        Self::Macro,
        Self::Attribute,
        Self::Lifetime,
    ];

    /// The class in the HTML: one letter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::String => "s",
            Self::Escape => "e",
            Self::Number => "n",
            Self::Keyword => "k",
            Self::Type => "t",
            Self::Function => "f",
            Self::Macro => "m",
            Self::Attribute => "a",
            Self::Lifetime => "l",
        }
    }
}

/// Scope prefixes and what they mean, the more special before the more general. Names as in Sublime Text's scope naming guide.
const RULES: [(&str, Class); 23] = [
    ("punctuation.definition.comment", Class::Comment),
    ("punctuation.definition.string", Class::String),
    ("comment", Class::Comment),
    ("constant.character.escape", Class::Escape),
    ("constant.other.placeholder", Class::Escape),
    ("constant.character", Class::String),
    ("string", Class::String),
    ("storage.type.string", Class::String),
    ("constant", Class::Number),
    ("storage.type.numeric", Class::Number),
    ("storage.modifier.lifetime", Class::Lifetime),
    ("variable.language", Class::Keyword),
    ("variable.annotation", Class::Attribute),
    ("meta.annotation", Class::Attribute),
    ("entity.name.function", Class::Function),
    ("support.function", Class::Function),
    ("entity.name.macro", Class::Macro),
    ("support.macro", Class::Macro),
    ("entity.name", Class::Type),
    ("support.type", Class::Type),
    ("support.class", Class::Type),
    ("keyword", Class::Keyword),
    ("storage", Class::Keyword),
];

/// Types that the Rust grammar puts into one scope with `let` and `const`.
const PRIMITIVES: [&str; 18] = [
    "bool", "char", "str", "Self", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
    "usize",
];

/// Keywords that the Rust grammar takes for names: those younger than it, and `self` among parameters.
const MISSED_KEYWORDS: [&str; 4] = ["async", "await", "dyn", "self"];

/// A run of text of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is; none for what is left in the colour of the text.
    pub class: Option<Class>,
    /// The text, unescaped.
    pub text: String,
}

/// A line of code, without its line end.
pub type Line = Vec<Token>;

/// Knows the syntaxes. Loading them and compiling what a grammar needs takes about half a second in a debug build: hence
/// [`Highlighter::shared`].
pub struct Highlighter {
    syntaxes: SyntaxSet,
    rules: Vec<(Scope, Class)>,
}

impl Default for Highlighter {
    fn default() -> Self {
        let rules = RULES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect();
        Self { syntaxes: two_face::syntax::extra_newlines(), rules }
    }
}

impl Highlighter {
    /// One for the whole process, made on first use.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Highlighter> = LazyLock::new(Highlighter::default);
        &SHARED
    }

    /// The lines of `source`, a file whose name ends with `.extension`; of an unknown language, plain.
    #[must_use]
    pub fn highlight(&self, extension: &str, source: &str) -> Vec<Line> {
        let syntax = self.syntaxes.find_syntax_by_extension(extension).unwrap_or_else(|| self.syntaxes.find_syntax_plain_text());
        let names = if extension == "rs" { Names::Rust } else { Names::Plain };
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        source.split_inclusive('\n').map(|line| self.line(line, names, &mut state, &mut stack)).collect()
    }

    fn line(&self, line: &str, names: Names, state: &mut ParseState, stack: &mut ScopeStack) -> Line {
        let mut tokens = Line::new();
        let content = line.trim_end_matches(['\r', '\n']);
        let mut done = 0;
        // A grammar that fails on a line (its regular expressions may give up) leaves that line plain.
        let changes = state.parse_line(line, &self.syntaxes).unwrap_or_default();
        for (offset, change) in changes {
            let end = offset.clamp(done, content.len());
            self.push(
                &mut tokens,
                content.get(done..end).unwrap_or_default(),
                content.get(end..).unwrap_or_default(),
                stack,
                names,
            );
            done = end;
            // Fails only where a grammar pops what it never pushed; the stack is then as good as it gets.
            let _ = stack.apply(&change);
        }
        self.push(&mut tokens, content.get(done..).unwrap_or_default(), "", stack, names);
        tokens
    }

    fn push(&self, tokens: &mut Line, text: &str, after: &str, stack: &ScopeStack, names: Names) {
        match (self.class(stack), names) {
            (None, Names::Rust) => split_names(tokens, text, after),
            (Some(Class::Keyword), Names::Rust) if PRIMITIVES.contains(&text.trim()) => append(tokens, Some(Class::Type), text),
            // Operators that are words are keywords.
            (Some(Class::Keyword), _) if !text.contains(char::is_alphabetic) => append(tokens, None, text),
            (class, _) => append(tokens, class, text),
        }
    }

    /// What the innermost scope that means anything means.
    fn class(&self, stack: &ScopeStack) -> Option<Class> {
        let mut scopes = stack.as_slice().iter().rev();
        scopes.find_map(|scope| self.rules.iter().find(|(rule, _)| rule.is_prefix_of(*scope)).map(|(_, class)| *class))
    }
}

/// Whether names that the grammar leaves alone are told apart by Rust's naming conventions.
#[derive(Clone, Copy)]
enum Names {
    Rust,
    Plain,
}

/// Splits text without a class into words: `CamelCase` is a type, `UPPER_CASE` a constant, what stands before `(` a function.
fn split_names(tokens: &mut Line, text: &str, after: &str) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.split(|c| !is_word(c)).next().unwrap_or_default();
        let gap = rest[word.len()..].split(is_word).next().unwrap_or_default();
        let next = if word.len() + gap.len() == rest.len() && gap.is_empty() { after } else { &rest[word.len()..] };
        append(tokens, name_class(word, next), word);
        append(tokens, None, gap);
        rest = &rest[word.len() + gap.len()..];
    }
}

fn name_class(word: &str, next: &str) -> Option<Class> {
    let upper = word.starts_with(|c: char| c.is_ascii_uppercase());
    let lower_inside = word.contains(|c: char| c.is_ascii_lowercase());
    if MISSED_KEYWORDS.contains(&word) {
        Some(Class::Keyword)
    } else if upper && !lower_inside && word.len() > 1 {
        Some(Class::Number)
    } else if upper {
        Some(Class::Type)
    } else if word.starts_with(|c: char| c.is_ascii_lowercase()) && next.starts_with('(') {
        Some(Class::Function)
    } else {
        None
    }
}

/// Adds text to the last token if that is of the same class.
fn append(tokens: &mut Line, class: Option<Class>, text: &str) {
    if text.is_empty() {
        return;
    }
    // Blank text has no colour: as its own class it would only cost an element.
    let class = if text.trim().is_empty() && !tokens.last().is_some_and(|last| last.class == class) { None } else { class };
    match tokens.last_mut() {
        Some(last) if last.class == class => last.text.push_str(text),
        _ => tokens.push(Token { class, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens with a class as `k:fn`, one line.
    fn shown(extension: &str, source: &str) -> String {
        let lines = Highlighter::shared().highlight(extension, source);
        let tokens = lines.iter().flatten();
        let shown: Vec<String> =
            tokens.filter_map(|token| Some(format!("{}:{}", token.class?.name(), token.text.trim()))).collect();
        shown.join(" ")
    }

    #[test]
    fn rust_is_told_apart() {
        let source = "#[derive(Debug)]\npub struct Node<'a> { name: &'a str }\nconst MAX: usize = 0x10_u32 as usize; // note\n";
        assert_eq!(
            shown("rs", source),
            "a:#[derive(Debug)] k:pub k:struct t:Node l:'a l:'a t:str k:const n:MAX t:usize n:0x10_u32 k:as t:usize c:// note"
        );
        let source = "async fn go(&self, x: Option<Mine>) -> Self { println!(\"a\\n{x}\"); Bump::new().await; x.unwrap() }";
        assert_eq!(
            shown("rs", source),
            "k:async k:fn f:go k:self t:Option t:Mine t:Self m:println! s:\"a e:\\n{x} s:\" t:Bump f:new k:await f:unwrap"
        );
    }

    #[test]
    fn a_comment_over_several_lines_stays_one() {
        assert_eq!(shown("rs", "/* let\nx */ let y;"), "c:/* let c:x */ k:let");
    }

    #[test]
    fn other_languages_too_and_unknown_ones_are_plain() {
        assert_eq!(shown("toml", "[package]\nname = \"x\" # y\n"), "t:package t:name s:\"x\" c:# y");
        assert_eq!(shown("no-such-language", "let x = 1;"), "");
    }

    #[test]
    fn every_rule_is_a_scope_and_every_class_has_a_letter_of_its_own() {
        assert_eq!(Highlighter::shared().rules.len(), RULES.len());
        let mut names = Class::ALL.map(Class::name);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_lost_or_added(source in "[ -~\n\r\tä😀]{0,120}") {
            for (line, tokens) in source.split_inclusive('\n').zip(Highlighter::shared().highlight("rs", &source)) {
                let text: String = tokens.into_iter().map(|token| token.text).collect();
                proptest::prop_assert_eq!(text, line.trim_end_matches(['\r', '\n']));
            }
        }
    }
}
