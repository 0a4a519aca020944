//! A pillar's page: what one will be able to do, the competencies that the roadmap names with what serves each, its lessons, its labs, and the
//! roadmap's tables.

mod live;
mod table;

use super::{
    awaited::awaited,
    guide::Guide,
    lab_links,
    not_found::NotFound,
    set_title,
    standing::{self, LessonStanding, Standing},
};
use crate::{
    app::{Route, href},
    components::lazy::lazy,
    markup::{Html, all, escaped, html, with_code},
    pieces,
    state::{
        documents,
        progress::{self, Progress},
    },
};
use course::{ArchivedCompetency, ArchivedIndex, ArchivedPillarGoals, IndexArchive, PillarsArchive};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::{LabId, Pillar};
use std::sync::Arc;

/// The page that the address names, fetched on need.
#[component]
pub fn PillarPage() -> impl IntoView {
    let params = use_params_map();
    move || {
        let pillar = params.with(|params| params.get("pillar")).and_then(|slug| Pillar::from_slug(&slug));
        let Some(pillar) = pillar else { return NotFound().into_any() };
        set_title(pillar.title());
        lazy(move || pieces::guide(Guide::Pillar(pillar)))
    }
}

/// The page of a pillar.
#[component]
pub fn PillarGuide(
    /// Which.
    pillar: Pillar,
) -> impl IntoView {
    awaited(Guide::Pillar(pillar), move |manifest| {
        let pillars: Arc<PillarsArchive> = Arc::new(documents::at_hand(manifest)?);
        let index: Arc<IndexArchive> = Arc::new(documents::at_hand(manifest)?);
        let words = {
            let (pillars, index) = (Arc::clone(&pillars), Arc::clone(&index));
            Signal::derive(move || draw(pillar, pillars.of(pillar.slug()), &index, &progress::now()))
        };
        let tables: Vec<AnyView> =
            pillars.of(pillar.slug()).iter().flat_map(|goals| goals.tables.iter()).map(|one| table::table(one, &index)).collect();
        let tables = (!tables.is_empty()).then(|| {
            view! {
                {html("tables-title", TABLES.to_owned())}
                {tables}
            }
        });
        let foot = format!("<p><a href=\"{}#pillars\">All seven pillars</a></p>", href(&Route::Home));
        Some(
            view! {
                <div class="pillar">
                    <Html class="pillar-words" html=words/>
                    {tables}
                    {html("pillar-foot", foot)}
                </div>
            }
            .into_any(),
        )
    })
}

const TABLES: &str = "<h2>The roadmap’s tables</h2><p>What the roadmap says, with what the ledger says of it, what was measured, and where it is taught.</p>";

fn draw(pillar: Pillar, goals: Option<&ArchivedPillarGoals>, index: &ArchivedIndex, progress: &Progress) -> String {
    let entries = index.lessons.iter().filter(|entry| entry.pillar == pillar.slug());
    let own: Vec<LessonStanding> =
        entries.clone().filter_map(|entry| LessonStanding::of(index, progress, &entry.pillar, &entry.slug)).collect();
    let lessons = all(entries.zip(&own), |(entry, lesson)| {
        format!(
            "<li><a href=\"{}\"><b>{}</b><span>{} <span class=\"faint\">{} min</span></span></a>{}</li>",
            lesson.address(),
            escaped(&lesson.title),
            escaped(&entry.question),
            entry.minutes,
            standing::marks_list(lesson)
        )
    });
    let lessons = if lessons.is_empty() {
        "<p>The lessons of this pillar are still to come.</p>".to_owned()
    } else {
        let standing = Standing::in_all(&own);
        format!("<p class=\"{} standing-words\">{}</p><ol class=\"lab-list\">{lessons}</ol>", standing.class(), standing.words())
    };
    let labs = lab_links(LabId::ALL.into_iter().filter(|lab| lab.pillar() == Some(pillar)));
    let labs = if labs.is_empty() { labs } else { format!("<h2>Labs</h2><ul class=\"lab-list\">{labs}</ul>") };
    format!(
        "<h1>{}</h1><p class=\"lead\">{}</p>{}<h2>Lessons</h2>{lessons}{labs}",
        pillar.title(),
        pillar.summary(),
        goals.map(|goals| goals_of(goals, index, progress)).unwrap_or_default(),
    )
}

/// What one will be able to do, and the competencies.
fn goals_of(goals: &ArchivedPillarGoals, index: &ArchivedIndex, progress: &Progress) -> String {
    let able = all(goals.able.iter(), |one| format!("<li>{}</li>", with_code(one)));
    let rows =
        all(goals.competencies.iter(), |one| format!("<li><b>{}</b>: {}</li>", escaped(&one.text), served(one, index, progress)));
    format!(
        "<h2>What you will be able to do</h2><ul>{able}</ul><h2>What the roadmap names</h2><ul class=\"competencies\">{rows}</ul>"
    )
}

/// What serves a competency, or that nothing does yet.
fn served(one: &ArchivedCompetency, index: &ArchivedIndex, progress: &Progress) -> String {
    let lessons = one.lessons.iter().filter_map(|name| LessonStanding::of(index, progress, &name.pillar, &name.slug));
    let lessons = lessons.map(|lesson| format!("<a href=\"{}\">{}</a>", lesson.address(), escaped(&lesson.title)));
    let labs = one.labs.iter().filter_map(|lab| LabId::from_slug(lab));
    let labs = labs.map(|lab| format!("<a href=\"{}\">{}</a> (lab)", href(&Route::Lab(lab)), lab.title()));
    let links: Vec<String> = lessons.chain(labs).collect();
    if links.is_empty() { "<span class=\"faint\">still to come</span>".to_owned() } else { links.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use course::{Competency, Index, IndexEntry, LessonName, PillarGoals, Pillars};

    #[test]
    fn what_serves_nothing_yet_says_so_and_what_serves_is_linked() {
        let entry = IndexEntry {
            pillar: "data".to_owned(),
            slug: "zero_copy".to_owned(),
            title: "Zero & copy".to_owned(),
            question: String::new(),
            summary: String::new(),
            minutes: 1,
            labs: Vec::new(),
            file: String::new(),
        };
        let index = IndexArchive::of(&Index { lessons: vec![entry] }).unwrap();
        let competency = |text: &str, lessons: &[&str]| Competency {
            text: text.to_owned(),
            lessons: lessons.iter().map(|slug| LessonName { pillar: "data".to_owned(), slug: (*slug).to_owned() }).collect(),
            labs: Vec::new(),
        };
        let goals = PillarGoals {
            pillar: "data".to_owned(),
            able: vec!["use `Box<T>`".to_owned()],
            competencies: vec![competency("Reading", &["zero_copy"]), competency("Columns", &[])],
            tables: Vec::new(),
        };
        let pillars = PillarsArchive::of(&Pillars { pillars: vec![goals] }).unwrap();
        let html = draw(Pillar::Data, pillars.of("data"), &index, &Progress::default());
        for part in [
            "<code>Box&lt;T&gt;</code>",
            "<b>Reading</b>: <a href=\"/lessons/data/zero-copy/\">Zero &amp; copy</a>",
            "<b>Columns</b>: <span class=\"faint\">still to come</span>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(draw(Pillar::Cloud, None, &index, &Progress::default()).contains("still to come"));
    }
}
