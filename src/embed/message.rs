//! What a host may say to a frame. A message is read field by field, each of them a short text or a number; everything else, however large or
//! recursive, is never looked at. Nothing in a message is ever run, fetched or put into the page.

use super::query::Scale;
use crate::state::settings::Theme;

/// What every message of ours bears.
pub const NAMESPACE: &str = "ferroscope";
/// The version of the envelope.
pub const VERSION: f64 = 1.0;

/// The longest text that a field may hold, in bytes.
pub const MAX_TEXT: usize = 64;

/// A field of a message, as far as it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A text of [`MAX_TEXT`] bytes at most.
    Text(String),
    /// A finite number.
    Number(f64),
    /// Something else, which is not looked at.
    Other,
}

/// Names a request, so that its answer can be told from others. Given back as it came.
pub type Id = Option<Field>;

/// What a host asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum HostMessage {
    /// Another look, or another preset.
    Set {
        /// The colours.
        theme: Option<Theme>,
        /// The size.
        scale: Option<Scale>,
        /// A preset's slug.
        preset: Option<String>,
    },
    /// A run; its result bears the id.
    Run(Id),
    /// The end of the run that goes on.
    Cancel,
    /// The lab as the frame started.
    Reset,
    /// The state.
    GetState(Id),
    /// The result.
    GetResult(Id),
}

/// Not a message of ours, or one that makes no sense: it changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ignored;

/// Reads a message. `field` gives the message's own field of a name, if it has one.
///
/// # Errors
/// [`Ignored`], where any part of it is not as the contract has it.
pub fn read(field: impl Fn(&str) -> Option<Field>) -> Result<HostMessage, Ignored> {
    let is = |name: &str, wanted: &str| matches!(field(name), Some(Field::Text(text)) if text == wanted);
    if !is("ns", NAMESPACE) || field("v") != Some(Field::Number(VERSION)) {
        return Err(Ignored);
    }
    let text = |name: &str| match field(name) {
        None => Ok(None),
        Some(Field::Text(text)) => Ok(Some(text)),
        Some(_) => Err(Ignored),
    };
    let id = || match field("id") {
        Some(Field::Other) => Err(Ignored),
        id => Ok(id),
    };
    match text("type")?.as_deref() {
        Some("set") => {
            let theme = text("theme")?.map(|slug| Theme::from_slug(&slug).ok_or(Ignored)).transpose()?;
            let scale = match field("scale") {
                None => None,
                Some(Field::Number(scale)) => Some(Scale::new(scale).ok_or(Ignored)?),
                Some(_) => return Err(Ignored),
            };
            let preset = text("preset")?;
            if theme.is_none() && scale.is_none() && preset.is_none() {
                return Err(Ignored);
            }
            Ok(HostMessage::Set { theme, scale, preset })
        }
        Some("run") => Ok(HostMessage::Run(id()?)),
        Some("cancel") => Ok(HostMessage::Cancel),
        Some("reset") => Ok(HostMessage::Reset),
        Some("getState") => Ok(HostMessage::GetState(id()?)),
        Some("getResult") => Ok(HostMessage::GetResult(id()?)),
        _ => Err(Ignored),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(fields: &[(&str, Field)]) -> Result<HostMessage, Ignored> {
        let envelope = [("ns", Field::Text(NAMESPACE.to_owned())), ("v", Field::Number(VERSION))];
        let all: Vec<_> = envelope.iter().chain(fields).cloned().collect();
        read(|name| all.iter().rev().find(|(key, _)| *key == name).map(|(_, field)| field.clone()))
    }

    fn text(text: &str) -> Field {
        Field::Text(text.to_owned())
    }

    #[test]
    fn what_the_contract_knows_is_read() {
        assert_eq!(message(&[("type", text("run")), ("id", text("a"))]), Ok(HostMessage::Run(Some(text("a")))));
        assert_eq!(
            message(&[("type", text("getState")), ("id", Field::Number(3.0))]),
            Ok(HostMessage::GetState(Some(Field::Number(3.0))))
        );
        assert_eq!(message(&[("type", text("cancel"))]), Ok(HostMessage::Cancel));
        let set = message(&[("type", text("set")), ("theme", text("dark")), ("scale", Field::Number(1.5))]);
        assert_eq!(set, Ok(HostMessage::Set { theme: Some(Theme::Dark), scale: Scale::new(1.5), preset: None }));
    }

    #[test]
    fn anything_else_is_ignored_whole() {
        for fields in [
            vec![("type", text("eval"))],
            vec![("type", Field::Other)],
            vec![("type", text("set"))],
            vec![("type", text("set")), ("theme", text("dark")), ("scale", Field::Number(99.0))],
            vec![("type", text("set")), ("theme", Field::Other)],
            vec![("type", text("run")), ("id", Field::Other)],
            vec![("type", text("run")), ("v", Field::Number(2.0))],
            vec![("type", text("run")), ("ns", text("other"))],
        ] {
            assert_eq!(message(&fields), Err(Ignored), "{fields:?}");
        }
    }

    proptest! {
        #[test]
        fn no_message_panics(kind in ".{0,20}", theme in ".{0,20}", scale in any::<f64>()) {
            let _ = message(&[("type", Field::Text(kind)), ("theme", Field::Text(theme)), ("scale", Field::Number(scale))]);
        }
    }
}
