//! Questions to check oneself by, once the bars stand: every answer explains itself.

use crate::components::questions::{Answer, Question, Verdict};
use leptos::prelude::*;

/// Why the floor holds.
pub(super) fn floor() -> AnyView {
    let answers = [
        (
            Verdict::Wrong,
            "A faster processor would get below it.",
            "It would shorten today’s request as well, and the axis is made of today’s request. The floor is a share, and the waiting in it does \
             not care for the processor.",
        ),
        (
            Verdict::Right,
            "The stages below it do not read the payload.",
            "Network and logic take as long as before whatever the format is. Make the slice free and they are what is left.",
        ),
        (
            Verdict::Wrong,
            "Validation always costs that much.",
            "Validation is part of the slice above the floor: compare the last two rungs to see what it costs.",
        ),
        (
            Verdict::Wrong,
            "rkyv still copies what it reads.",
            "The last two rungs read in place. And if they did copy, that too would lie above the floor.",
        ),
    ];
    ask("why-floor", "Why can no rung get below the floor line?", &answers)
}

/// What a long wait does to the gain.
pub(super) fn network() -> AnyView {
    let answers = [
        (
            Verdict::Wrong,
            "It would be a hundred times as large.",
            "The time saved stays what it was: reading takes as long as before. Only what it is compared with has grown.",
        ),
        (
            Verdict::Wrong,
            "The same share of the request as now.",
            "The slice would be the same length in a much longer request, so its share shrinks with it.",
        ),
        (
            Verdict::Right,
            "Almost nothing of the request.",
            "Try it under “Change the request”: the bars become equally long. A faster format pays where reading is a large part, and \
             nowhere else.",
        ),
    ];
    ask("why-network", "If the network took a hundred times as long, how much would the new format gain?", &answers)
}

fn ask(id: &str, question: &str, answers: &[(Verdict, &str, &str)]) -> AnyView {
    let answer = |(verdict, text, why): &(Verdict, &str, &str)| Answer {
        text: (*text).to_owned(),
        verdict: *verdict,
        why: (*why).to_owned(),
    };
    let answers = answers.iter().map(answer).collect();
    view! { <Question id=id.to_owned() question=question.to_owned() answers kind="Check yourself"/> }.into_any()
}
