//! A lesson's blocks, drawn. The HTML in them was written by the course's own parser (escaped, no raw HTML), never by a reader.

use super::questions::{Answer, NumberGuess, Question, Verdict};
use crate::{
    app::{Route, href},
    labs::{LabContext, LabView},
    state::permalink::Permalink,
};
use course::{
    ArchivedAnswer, ArchivedBlock, ArchivedCalloutKind, ArchivedCode, ArchivedGuess, ArchivedLabEmbed, ArchivedPredict,
    ArchivedQuiz, Target, resolve_links, url_form,
};
use leptos::prelude::*;
use protocol::LabId;

/// Draws one block.
pub fn draw_block(block: &ArchivedBlock) -> AnyView {
    match block {
        ArchivedBlock::Prose(html) => view! { <div class="prose" inner_html=with_addresses(html)></div> }.into_any(),
        ArchivedBlock::Lab(embed) => draw_lab(embed),
        ArchivedBlock::Code(code) => draw_code(code),
        ArchivedBlock::Predict(predict) => draw_predict(predict),
        ArchivedBlock::Quiz(quiz) => draw_quiz(quiz, "Question"),
        ArchivedBlock::Callout { kind, html } => {
            let (class, word) = match kind {
                ArchivedCalloutKind::Note => ("note", "Note"),
                ArchivedCalloutKind::Warning => ("warning", "Watch out"),
                ArchivedCalloutKind::Cost => ("cost", "What it costs"),
            };
            view! { <aside class=format!("callout {class}") aria-label=word><b class="eyebrow">{word}</b><div inner_html=with_addresses(html)></div></aside> }.into_any()
        }
        // The speaker's words are for the stage, not for the page.
        ArchivedBlock::Notes(_) => ().into_any(),
        ArchivedBlock::Exercise(html) => {
            view! { <aside class="callout exercise" aria-label="Exercise"><b class="eyebrow">"Exercise"</b><div inner_html=with_addresses(html)></div></aside> }.into_any()
        }
        ArchivedBlock::Output(text) => view! { <pre class="output" tabindex="0"><samp>{text.as_str().to_owned()}</samp></pre> }.into_any(),
    }
}

/// A question of a lesson, with its answers explained.
pub fn draw_quiz(quiz: &ArchivedQuiz, kind: &'static str) -> AnyView {
    let answers = quiz.answers.iter().map(|answer| answer_of(answer, true)).collect();
    view! { <Question id=quiz.id.as_str().to_owned() question=with_addresses(&quiz.question) answers kind/> }.into_any()
}

fn draw_predict(predict: &ArchivedPredict) -> AnyView {
    let (id, question) = (predict.id.as_str().to_owned(), with_addresses(&predict.question));
    match &predict.guess {
        ArchivedGuess::Choice(options) => {
            let is_decided = options.iter().any(|option| option.correct);
            let answers = options.iter().map(|option| answer_of(option, is_decided)).collect();
            view! { <Question id question answers kind="Predict"/> }.into_any()
        }
        ArchivedGuess::Number { unit, answer_note, low, high, step } => {
            let step = step.as_ref().map(|step| step.to_native());
            view! {
                <NumberGuess id question unit=unit.as_str().to_owned() low=low.to_native() high=high.to_native() step answer_note=with_addresses(answer_note)/>
            }
            .into_any()
        }
    }
}

fn answer_of(answer: &ArchivedAnswer, is_decided: bool) -> Answer {
    let verdict = match (is_decided, answer.correct) {
        (false, _) => Verdict::Open,
        (true, true) => Verdict::Right,
        (true, false) => Verdict::Wrong,
    };
    Answer { text: with_addresses(&answer.text), verdict, why: with_addresses(&answer.why) }
}

fn draw_lab(embed: &ArchivedLabEmbed) -> AnyView {
    let Some(lab) = LabId::from_slug(&embed.lab) else {
        // The validator refuses unknown labs, so only a lesson newer than the page gets here.
        return view! { <p class="failure">"This lesson’s lab is not part of this build. Reload the page."</p> }.into_any();
    };
    let mut link = Permalink::default();
    for pair in embed.with.iter() {
        link.set(pair.0.as_str(), pair.1.as_str());
    }
    let caption = embed.caption.as_ref().map(|caption| with_addresses(caption));
    let context = LabContext::Lesson(link);
    view! {
        <figure class="lab-figure">
            <LabView lab context/>
            {caption.map(|html| view! { <figcaption inner_html=html></figcaption> })}
        </figure>
    }
    .into_any()
}

fn draw_code(code: &ArchivedCode) -> AnyView {
    let path = code.path.as_str().to_owned();
    let place = match code.anchor.as_ref() {
        Some(anchor) => format!("{path}, line {} ({anchor})", code.first_line),
        None => path.clone(),
    };
    let caption = code.caption.as_ref().map(|caption| with_addresses(caption));
    let diagnostic = code.diagnostic.as_ref().map(|text| text.as_str().to_owned());
    view! {
        <figure class="code-figure">
            <figcaption>
                <code class="code-path">{place}</code>
                {caption.map(|html| view! { <span inner_html=html></span> })}
            </figcaption>
            <pre class="code" tabindex="0" aria-label=format!("Code of {path}")><code inner_html=code.html.as_str().to_owned()></code></pre>
            {diagnostic.map(|text| view! {
                <p class="eyebrow">"What rustc says"</p>
                <pre class="output diagnostic" tabindex="0" aria-label="The compiler’s message"><samp>{text}</samp></pre>
            })}
        </figure>
    }
    .into_any()
}

/// The parser's HTML with each link into the site given its address: the parser knows no routes, and the site may stand under any path.
fn with_addresses(html: &str) -> String {
    resolve_links(html, address).into_owned()
}

fn address(target: Target<'_>) -> String {
    let route = match target {
        Target::Lesson { pillar, slug, section } => {
            let lesson = href(&Route::Lesson { pillar: pillar.to_owned(), lesson: url_form(slug) });
            return section.map_or_else(|| lesson.clone(), |section| format!("{lesson}#{section}"));
        }
        Target::Lab(slug) => LabId::from_slug(slug).map_or(Route::Home, Route::Lab),
        Target::Page("budget") => Route::Lab(LabId::LatencyBudget),
        // The validator knows which pages there are; claims lead home until the audit is built.
        Target::Page(_) | Target::Claim(_) => Route::Home,
    };
    href(&route)
}
