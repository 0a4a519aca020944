//! A lesson's blocks, drawn. The HTML in them was written by the course's own parser (escaped, no raw HTML), never by a reader.

use super::{
    later::later,
    questions::{Answer, NumberGuess, Question, Told, Verdict},
};
use crate::{
    app::{Route, href},
    labs::{LabContext, LabView},
    markup::{all, escaped, html},
    state::{assigned, permalink::Permalink},
};
use course::{
    ArchivedAnswer, ArchivedBlock, ArchivedCalloutKind, ArchivedCame, ArchivedCode, ArchivedCompiles, ArchivedGuess,
    ArchivedLabEmbed, ArchivedPredict, ArchivedQuiz, ArchivedVarianceRow, Target, resolve_links, url_form,
};
use leptos::prelude::*;
use protocol::{LabId, Page, Pillar};

/// Draws blocks in order: what is only read as one text, what is operated as views between.
pub fn draw_blocks<'a>(blocks: impl Iterator<Item = &'a ArchivedBlock>) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut text = String::new();
    for block in blocks {
        let view = match block {
            ArchivedBlock::Lab(embed) => draw_lab(embed),
            ArchivedBlock::Predict(predict) => draw_predict(predict),
            ArchivedBlock::Quiz(quiz) => draw_quiz(quiz, "Question"),
            ArchivedBlock::Compiles(compiles) => draw_compiles(compiles, Told::default()),
            _ => {
                text.push_str(&draw_text(block));
                continue;
            }
        };
        if !text.is_empty() {
            views.push(html("blocks", std::mem::take(&mut text)));
        }
        views.push(view);
    }
    if !text.is_empty() {
        views.push(html("blocks", text));
    }
    views
}

/// A block that is only read, as HTML.
fn draw_text(block: &ArchivedBlock) -> String {
    match block {
        ArchivedBlock::Prose(html) => format!("<div class=\"prose\">{}</div>", with_addresses(html)),
        ArchivedBlock::Code(code) => draw_code(code),
        ArchivedBlock::Callout { kind, html } => match kind {
            ArchivedCalloutKind::Note => aside("note", "Note", html),
            ArchivedCalloutKind::Warning => aside("warning", "Watch out", html),
            ArchivedCalloutKind::Cost => aside("cost", "What it costs", html),
        },
        ArchivedBlock::Variance(rows) => variance_table(rows),
        ArchivedBlock::Exercise(html) => aside("exercise", "Exercise", html),
        ArchivedBlock::Output(text) => format!("<pre class=\"output\" tabindex=\"0\"><samp>{}</samp></pre>", escaped(text)),
        // The speaker's words are for the stage, not for the page; the rest is not only read.
        ArchivedBlock::Notes(_)
        | ArchivedBlock::Lab(_)
        | ArchivedBlock::Predict(_)
        | ArchivedBlock::Quiz(_)
        | ArchivedBlock::Compiles(_) => String::new(),
    }
}

fn aside(class: &str, word: &str, html: &str) -> String {
    format!(
        "<aside class=\"callout {class}\" role=\"note\" aria-label=\"{word}\"><b class=\"eyebrow\">{word}</b>{}</aside>",
        with_addresses(html)
    )
}

/// Code, and below it what came of it.
fn draw_code(code: &ArchivedCode) -> String {
    let path = escaped(&code.path);
    let place = place_of(code);
    let came = code.came.as_ref().map(draw_came).unwrap_or_default();
    let caption = code.caption.as_ref().map(|caption| format!("<span>{}</span>", with_addresses(caption))).unwrap_or_default();
    format!(
        "<figure class=\"code-figure\"><figcaption><code class=\"code-path\">{place}</code>{caption}</figcaption>\
         <pre class=\"code\" tabindex=\"0\" aria-label=\"Code of {path}\"><code>{}</code></pre>{came}</figure>",
        code.html,
    )
}

/// Where code stands: file, line and anchor.
fn place_of(code: &ArchivedCode) -> String {
    let path = escaped(&code.path);
    match code.anchor.as_ref() {
        Some(anchor) => format!("{path}, line {} ({})", code.first_line, escaped(anchor)),
        None => path.into_owned(),
    }
}

/// How types vary: a row each, and behind it the two programs that say so. It reads without scripts.
pub fn variance_table(rows: &[ArchivedVarianceRow]) -> String {
    let yes_or_no = |code: &ArchivedCode| if code.is_accepted() { "yes" } else { "no" };
    let row = |row: &ArchivedVarianceRow| {
        let [longer, shorter] = row.questions().map(|(_, code)| yes_or_no(code));
        let programs =
            all(row.questions(), |(question, code)| format!("<p>{question} <b>{}</b></p>{}", yes_or_no(code), draw_code(code)));
        format!(
            "<tr><th scope=\"row\">{of}</th><td>{}</td><td>{longer}</td><td>{shorter}</td><td>{}</td><td>{}</td></tr>\
             <tr class=\"asked\"><td colspan=\"6\"><details><summary>{of} in {}: both programs</summary>{programs}</details></td></tr>",
            row.place,
            row.variance().label(),
            with_addresses(&row.because),
            row.place,
            of = row.of,
        )
    };
    let head = ["type", "in", "longer for shorter?", "shorter for longer?", "so it is", "because"];
    let head = all(head, |column| format!("<th scope=\"col\">{column}</th>"));
    format!(
        "<div class=\"table-scroll variance-table\" tabindex=\"0\" role=\"region\" aria-label=\"Variance, as rustc answered\"><table>\
         <caption>As rustc answered: every yes was compiled, every no refused</caption>\
         <thead><tr>{head}</tr></thead><tbody>{}</tbody></table></div>",
        all(rows, row)
    )
}

/// One question of a variance table, with its program, and rustc's answer behind the reader's.
pub fn variance_question(row: &ArchivedVarianceRow, (question, code): (&str, &ArchivedCode)) -> AnyView {
    let question = format!("{}, in {}: {question}", row.of, row.place);
    asked("variance-asked".to_owned(), question, code, with_addresses(&row.because), ["Yes.", "No."], Told::default())
}

/// What the compiler or the program said, as it was kept when that was last tried.
fn draw_came(came: &ArchivedCame) -> String {
    let (words, text) = came.words();
    let (class, label) = match came {
        ArchivedCame::Refused(_) => (" diagnostic", "The compiler’s message"),
        ArchivedCame::Printed(_) | ArchivedCame::Panicked(_) => ("", "What the program said"),
    };
    format!(
        "<p class=\"eyebrow\">{words}</p>\
         <pre class=\"output{class}\" tabindex=\"0\" aria-label=\"{label}\"><samp>{}</samp></pre>",
        escaped(text)
    )
}

/// Whether a sample compiles.
pub fn draw_compiles(compiles: &ArchivedCompiles, told: Told) -> AnyView {
    let (id, question) = (compiles.id.as_str().to_owned(), with_addresses(&compiles.question));
    let why = with_addresses(&compiles.why);
    asked(id, question, &compiles.code, why, ["It compiles.", "The compiler refuses it."], told)
}

/// The code, two answers, and what came of it. The file's path tells which is right, so it stands with the answer.
fn asked(id: String, question: String, code: &ArchivedCode, why: String, [accepts, refuses]: [&str; 2], told: Told) -> AnyView {
    let came = match code.came.as_ref() {
        Some(came) => draw_came(came),
        None => "<p class=\"eyebrow\">It compiles, and its tests pass.</p>".to_owned(),
    };
    let answers = [(accepts, true), (refuses, false)].map(|(text, accepts)| Answer {
        text: text.to_owned(),
        verdict: if accepts == code.is_accepted() { Verdict::Right } else { Verdict::Wrong },
        why: why.clone(),
    });
    let outcome =
        format!("{came}<p class=\"why\">{why}</p><p class=\"caption\"><code class=\"code-path\">{}</code></p>", place_of(code));
    let about =
        format!("<pre class=\"code\" tabindex=\"0\" aria-label=\"The code in question\"><code>{}</code></pre>", code.html);
    later(move || {
        let (id, question, about, outcome) = (id.clone(), question.clone(), about.clone(), outcome.clone());
        view! { <Question id question answers=answers.to_vec() kind="Question" about outcome told/> }.into_any()
    })
}

/// A question of a lesson, with its answers explained.
pub fn draw_quiz(quiz: &ArchivedQuiz, kind: &'static str) -> AnyView {
    let answers = quiz.answers.iter().map(|answer| answer_of(answer, true)).collect();
    question_of(quiz.id.as_str().to_owned(), with_addresses(&quiz.question), answers, kind)
}

/// A question in a turn of its own: each is a form with a signal for every answer.
fn question_of(id: String, question: String, answers: Vec<Answer>, kind: &'static str) -> AnyView {
    later(move || {
        let (id, question, answers) = (id.clone(), question.clone(), answers.clone());
        view! { <Question id question answers kind/> }.into_any()
    })
}

fn draw_predict(predict: &ArchivedPredict) -> AnyView {
    let (id, question) = (predict.id.as_str().to_owned(), with_addresses(&predict.question));
    match &predict.guess {
        ArchivedGuess::Choice(options) => {
            let is_decided = options.iter().any(|option| option.correct);
            question_of(id, question, options.iter().map(|option| answer_of(option, is_decided)).collect(), "Predict")
        }
        ArchivedGuess::Number { unit, answer_note, low, high, step } => {
            let step = step.as_ref().map(|step| step.to_native());
            view! {
                <NumberGuess id question unit=unit.as_str().to_owned() low=low.to_native() high=high.to_native() step
                    answer_note=with_addresses(answer_note)/>
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
        return html("failure", "<p>This lesson’s lab is not part of this build. Reload the page.</p>".to_owned());
    };
    let mut link = Permalink::default();
    for pair in embed.with.iter() {
        link.set(pair.0.as_str(), pair.1.as_str());
    }
    if let Some(seed) = assigned::seed() {
        link.set("seed", seed);
    }
    let caption = embed.caption.as_ref().map(|caption| html("caption", with_addresses(caption)));
    let context = LabContext::Lesson(link);
    view! { <div class="lab-figure"><LabView lab context/>{caption}</div> }.into_any()
}

/// The parser's HTML with each link into the site given its address: the parser knows no routes, and the site may stand under any path.
fn with_addresses(html: &str) -> String {
    resolve_links(html, address).into_owned()
}

/// The address of a place that a lesson, or the search index, names.
pub fn address(target: Target<'_>) -> String {
    let route = match target {
        Target::Lesson { pillar, slug, section } => {
            let lesson = href(&Route::Lesson { pillar: pillar.to_owned(), lesson: url_form(slug) });
            return section.map_or_else(|| lesson.clone(), |section| format!("{lesson}#{section}"));
        }
        Target::Lab(slug) => LabId::from_slug(slug).map_or(Route::Home, Route::Lab),
        Target::Page("budget") => Route::Lab(LabId::LatencyBudget),
        // The validator knows which pages there are.
        Target::Page(slug) => Page::from_slug(slug).map_or(Route::Home, Route::Page),
        Target::Claim(id) => return format!("{}#{id}", href(&Route::Page(Page::Audit))),
        Target::Term(id) => return format!("{}#{id}", href(&Route::Page(Page::Glossary))),
        Target::Pillar(slug) => Pillar::from_slug(slug).map_or(Route::Home, Route::Pillar),
    };
    href(&route)
}
