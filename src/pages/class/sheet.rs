//! The sheet to hand in: what was guessed, measured and answered while an assignment was open, and a sentence of the reader's own for each lab.

use super::assignment::{Assignment, GuessRule};
use crate::{
    labs::compared::{Compared, What},
    markup::{all, escaped},
};
use miniserde::json;
use protocol::{LabId, ResultJson};
use units::{Nanos, significant};

/// The version of the sheet's shape; its keys are only ever added to.
const VERSION: u32 = 1;

/// The whole sheet.
#[derive(Clone, Debug, Default, PartialEq, miniserde::Serialize, miniserde::Deserialize)]
pub struct Sheet {
    /// [`VERSION`]
    #[allow(clippy::struct_field_names, reason = "in a file of its own it must say what the file is")]
    pub ferroscope_sheet: u32,
    /// Whose it is; as the reader wrote it.
    pub name: String,
    /// The assignment, as its link's query; the one opened last.
    pub assignment: String,
    /// By lesson, in the order in which something was done.
    pub lessons: Vec<LessonSheet>,
}

/// What was done in a lesson.
#[derive(Clone, Debug, Default, PartialEq, miniserde::Serialize, miniserde::Deserialize)]
pub struct LessonSheet {
    /// `<pillar>/<lesson>` as addresses spell it.
    pub lesson: String,
    /// Its title.
    pub title: String,
    /// Guesses and answers, by the question's place.
    pub answers: Vec<Answered>,
    /// The last result of each lab and choice.
    pub results: Vec<LabSheet>,
}

/// A question that was answered.
#[derive(Clone, Debug, Default, PartialEq, miniserde::Serialize, miniserde::Deserialize)]
pub struct Answered {
    /// The question's id in its lesson.
    pub id: String,
    /// What sort it is: `Predict`, `Question`, `Recall`.
    pub kind: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// `right`, `not right`, or `open` where only the lab decides.
    pub verdict: String,
}

/// What a lab showed.
#[derive(Clone, Debug, PartialEq, miniserde::Serialize, miniserde::Deserialize)]
pub struct LabSheet {
    /// The lab's slug.
    pub lab: String,
    /// When, ISO 8601.
    pub date: String,
    /// The guess that was made in the lab itself, if it asks for one.
    pub guess: String,
    /// The result, without its samples.
    pub result: ResultJson,
    /// Why it came out like that, in the reader's words.
    pub because: String,
}

/// A text that is no sheet, or one of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no sheet that this page can read")]
pub struct Unreadable;

impl Sheet {
    /// Reads a stored text.
    ///
    /// # Errors
    /// It is damaged, or of another version.
    pub fn of_json(text: &str) -> Result<Self, Unreadable> {
        json::from_str::<Self>(text).ok().filter(|sheet| sheet.ferroscope_sheet == VERSION).ok_or(Unreadable)
    }

    /// The sheet as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::to_string(&Self { ferroscope_sheet: VERSION, ..self.clone() })
    }

    /// Whether there is anything to hand in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lessons.is_empty()
    }

    /// Notes for which assignment something was done: its link's query.
    pub fn assigned(&mut self, query: &str) {
        query.clone_into(&mut self.assignment);
    }

    /// Notes an answer; a later one takes an earlier one's place.
    pub fn answer(&mut self, lesson: &str, title: &str, answered: Answered) {
        let answers = &mut self.lesson(lesson, title).answers;
        match answers.iter_mut().find(|other| other.id == answered.id) {
            Some(there) => *there = answered,
            None => answers.push(answered),
        }
    }

    /// Notes a result; a later one of the same choices takes the earlier one's place, and keeps its sentence.
    pub fn result(&mut self, lesson: &str, title: &str, mut result: LabSheet) {
        result.result.samples.clear();
        let results = &mut self.lesson(lesson, title).results;
        match results.iter_mut().find(|other| other.lab == result.lab && other.result.input == result.result.input) {
            Some(there) => {
                result.because = std::mem::take(&mut there.because);
                *there = result;
            }
            None => results.push(result),
        }
    }

    /// Writes a lab's sentence; by the lesson's and the result's place.
    pub fn because(&mut self, lesson: usize, result: usize, text: &str) {
        if let Some(result) = self.lessons.get_mut(lesson).and_then(|lesson| lesson.results.get_mut(result)) {
            text.clone_into(&mut result.because);
        }
    }

    fn lesson(&mut self, lesson: &str, title: &str) -> &mut LessonSheet {
        let at = self.lessons.iter().position(|other| other.lesson == lesson).unwrap_or_else(|| {
            self.lessons.push(LessonSheet { lesson: lesson.to_owned(), title: title.to_owned(), ..LessonSheet::default() });
            self.lessons.len() - 1
        });
        &mut self.lessons[at]
    }
}

/// What was asked, as HTML, with the way back to it; nothing where nothing was noted of an assignment.
#[must_use]
pub fn draw_assignment(query: &str) -> String {
    let Some(assignment) = Assignment::of_query(query) else { return String::new() };
    let lessons = match assignment.lessons.len() {
        1 => "1 lesson".to_owned(),
        count => format!("{count} lessons"),
    };
    let seed = assignment.seed.map(|seed| format!(", seed {seed}")).unwrap_or_default();
    let guess = match assignment.guess {
        GuessRule::Required => ", a guess before every run",
        GuessRule::Free => "",
    };
    let address = assignment.address();
    format!("<p>The assignment: <a href=\"{}\">{lessons}{seed}{guess}</a></p>", escaped(&address))
}

/// A lesson's questions as HTML.
#[must_use]
pub fn draw_answers(lesson: &LessonSheet) -> String {
    let items = all(&lesson.answers, |one| {
        format!(
            "<li><span class=\"eyebrow\">{}</span><br>{}<br><b>{}</b> <span class=\"faint\">({})</span></li>",
            escaped(if one.kind == "Predict" { "Guess" } else { &one.kind }),
            escaped(&one.question),
            escaped(&one.answer),
            escaped(&one.verdict),
        )
    });
    if items.is_empty() { String::new() } else { format!("<ol class=\"sheet-answers\">{items}</ol>") }
}

/// A lab's result as HTML: its figures with their intervals.
#[must_use]
pub fn draw_result(sheet: &LabSheet) -> String {
    let lab = LabId::from_slug(&sheet.lab).map_or(sheet.lab.as_str(), |lab| lab.title());
    let choices: Vec<String> = sheet.result.input.iter().map(|(key, value)| format!("{key} {value}")).collect();
    let figures = Compared::of_result(&sheet.result).map(|compared| compared.figures).unwrap_or_default();
    let rows = all(&figures, |(what, contender, figure)| {
        let (name, unit): (String, fn(f64) -> String) = match what {
            What::Length => ("length of the request".to_owned(), significant),
            What::Ratio(phase) => (format!("{}, times the first", phase.label()), significant),
            What::Time(phase) => (phase.label().to_owned(), |time| Nanos(time).to_string()),
        };
        format!(
            "<tr><th scope=\"row\">{}, {}</th><td>{}</td><td>{} to {}</td></tr>",
            escaped(contender.label()),
            escaped(&name),
            unit(figure.median),
            unit(figure.low),
            unit(figure.high),
        )
    });
    let guess = if sheet.guess.is_empty() { String::new() } else { format!("<p>Guess: <b>{}</b></p>", escaped(&sheet.guess)) };
    format!(
        "<h4>{}</h4><p class=\"faint\">{}; seed {}; {}</p>{guess}<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Figures of {}\"><table><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Median</th><th scope=\"col\">95 % \
         interval</th></tr></thead><tbody>{rows}</tbody></table></div>",
        escaped(lab),
        escaped(&choices.join(", ")),
        escaped(&sheet.result.seed),
        escaped(&sheet.date),
        escaped(lab),
    )
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
