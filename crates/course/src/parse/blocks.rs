//! The fenced blocks that mean something here: each body into its block.

use super::capture;
use super::fields::Fields;
use super::findings::Findings;
use super::html::{block, inline, unknown_fence};
use super::known::Known;
use super::piece::{Located, Piece};
use super::quiz::{compiles, predict, quiz, variance};
use super::sources::Sources;
use crate::parse::fault::listed;
use crate::{Block, CalloutKind, Code, LabEmbed};

/// The first word of every fence that makes a block, but for `text`.
pub(super) const KINDS: [&str; 10] =
    ["lab", "code", "compiles", "variance", "capture", "predict", "quiz", "callout", "notes", "exercise"];

/// A fence: its info string, the line it begins on, and what is in it.
pub(super) struct Fence<'a> {
    pub info: &'a str,
    pub line: u32,
    pub body: Piece<'a>,
}

/// The block that a fence makes; none after a fault that leaves nothing to show.
pub(super) fn read(fence: &Fence<'_>, known: &Known, sources: &mut Sources<'_>, findings: &mut Findings) -> Option<Block> {
    let mut words = fence.info.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let sort = if kind == "callout" { words.next() } else { None };
    if let Some(extra) = words.next()
        && (KINDS.contains(&kind) || kind == "text")
    {
        findings.fault(fence.line, format!("`{extra}` after ```{kind} means nothing"), "remove it; keys go into the block");
    }
    if fence.body.text.trim().is_empty() && (KINDS.contains(&kind) || kind == "text") {
        findings.fault(fence.line, format!("an empty ```{kind} block"), "fill it, or remove it");
        return None;
    }
    match kind {
        "lab" => lab(fence, known, findings).map(Block::Lab),
        "code" => code(fence, sources, findings).map(Block::Code),
        "compiles" => compiles(fields("a compiles block", fence, findings)?, sources, findings).map(Block::Compiles),
        "variance" => variance(fields("a variance block", fence, findings)?, sources, findings).map(Block::Variance),
        "capture" => captured(fence, sources, findings),
        "predict" => predict(fields("a predict block", fence, findings)?, findings).map(Block::Predict),
        "quiz" => quiz(fields("a quiz block", fence, findings)?, None, findings).map(Block::Quiz),
        "callout" => {
            let kind = callout_kind(sort, fence.line, findings);
            let html = block(fence.body, findings);
            Some(Block::Callout { kind: kind?, html })
        }
        "notes" => Some(Block::Notes(block(fence.body, findings))),
        "exercise" => Some(Block::Exercise(block(fence.body, findings))),
        "text" => Some(Block::Output(fence.body.text.trim_end().to_owned())),
        other => {
            unknown_fence(other, fence.line, findings);
            None
        }
    }
}

fn fields<'a>(what: &'static str, fence: &Fence<'a>, findings: &mut Findings) -> Option<Fields<'a>> {
    Fields::parse(what, fence.line, fence.body, &mut findings.faults)
}

fn callout_kind(word: Option<&str>, line: u32, findings: &mut Findings) -> Option<CalloutKind> {
    match word {
        Some("note") => Some(CalloutKind::Note),
        Some("warning") => Some(CalloutKind::Warning),
        Some("cost") => Some(CalloutKind::Cost),
        other => {
            let message = other.map_or_else(|| "a call-out of no kind".to_owned(), |word| format!("a call-out of kind `{word}`"));
            findings.fault(line, message, "write ```callout note, ```callout warning or ```callout cost");
            None
        }
    }
}

fn lab(fence: &Fence<'_>, known: &Known, findings: &mut Findings) -> Option<LabEmbed> {
    let mut fields = fields("a lab block", fence, findings)?;
    let lab = fields.text("lab", &mut findings.faults);
    let caption = caption(&mut fields, findings);
    let with = fields.map("with", &mut findings.faults);
    fields.finish(&mut findings.faults);
    let lab = lab?;
    match known.labs.iter().find(|other| other.slug == lab.value) {
        None => {
            let labs = listed(known.labs.iter().map(|lab| lab.slug.as_str()));
            findings.fault(lab.line, format!("there is no lab `{}`", lab.value), format!("labs: {labs}"));
        }
        Some(lab) => {
            for (key, value) in &with {
                match lab.settings.iter().find(|setting| setting.key == *key) {
                    None => {
                        let keys = listed(lab.settings.iter().map(|setting| setting.key.as_str()));
                        findings.fault(
                            value.line,
                            format!("the lab `{}` has no setting `{key}`", lab.slug),
                            format!("settings: {keys}"),
                        );
                    }
                    Some(setting) if !setting.values.accept(&value.value) => {
                        let message = format!("`{key}` cannot be `{}`", value.value);
                        findings.fault(value.line, message, format!("it takes {}", setting.values));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    let with = with.into_iter().map(|(key, value)| (key, value.value)).collect();
    Some(LabEmbed { lab: lab.value, with, caption })
}

fn code(fence: &Fence<'_>, sources: &mut Sources<'_>, findings: &mut Findings) -> Option<Code> {
    let mut fields = fields("a code block", fence, findings)?;
    let from = fields.text("from", &mut findings.faults);
    let caption = caption(&mut fields, findings);
    fields.finish(&mut findings.faults);
    excerpt(&from?, caption, sources, findings)
}

/// The code that `from`, a path with or without an anchor, names.
pub(super) fn excerpt(
    from: &Located<String>,
    caption: Option<String>,
    sources: &mut Sources<'_>,
    findings: &mut Findings,
) -> Option<Code> {
    let Located { value: from, line } = from;
    let (path, anchor) = from.split_once('#').map_or((from.as_str(), None), |(path, anchor)| (path, Some(anchor)));
    match sources.excerpt(path, anchor) {
        Err(reason) => {
            findings.fault(*line, reason.message, reason.what_to_do);
            None
        }
        Ok(excerpt) => Some(Code {
            path: path.to_owned(),
            anchor: anchor.map(str::to_owned),
            first_line: excerpt.first_line,
            caption,
            html: excerpt.html,
            text: excerpt.text,
            came: excerpt.came,
        }),
    }
}

fn captured(fence: &Fence<'_>, sources: &Sources<'_>, findings: &mut Findings) -> Option<Block> {
    let mut fields = fields("a capture block", fence, findings)?;
    let show = fields.text("show", &mut findings.faults);
    let step = fields.optional_text("step", &mut findings.faults);
    fields.finish(&mut findings.faults);
    let block = capture::block(sources.root(), &show?.value, step.as_ref().map(|step| step.value.as_str()));
    block.map_err(|(message, what_to_do)| findings.fault(fence.line, message, what_to_do)).ok()
}

fn caption(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<String> {
    let text = fields.optional_text("caption", &mut findings.faults)?;
    Some(inline(&text, findings))
}
