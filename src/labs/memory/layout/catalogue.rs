//! The catalogue as the reader operates it: choose a type, guess its size, see its bytes; put fields in order. It is asked for once, when the
//! reader opens it, and never measured.

use super::{
    draw,
    state::{Looking, Machine, Named},
};
use crate::{
    components::{
        controls::{Choice, number_of},
        copy::CopyButton,
    },
    engine::{AskStage, Asker},
    labs::shared::alternative,
    markup::{Html, all, dynamic, escaped},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{
    Answer, Question,
    layout::{LayoutAnswer, LayoutQuestion, TypeGroup},
};
use std::sync::Arc;
use units::Nanos;

/// Its beats on a stage: a struct as it is written and where an Option hides, each guessed before its bytes are seen; then the fields in an order
/// that wastes none. To move the second field up once more puts the first one back.
const ON_STAGE: &str = "press [data-action=open-catalogue] | open the catalogue; \
     choose InOrder [name=layout-type] | a struct as it is written; offer 8..32 by 8 [name=layout-guess] | bytes; press [data-action=show-layout] | its bytes; \
     choose Option<char> [name=layout-type] | where an Option hides; offer 4..8 by 4 [name=layout-guess] | bytes; press [data-action=show-layout] | its bytes; \
     part order | on to the order of fields; press [data-action=move-up-1] back [data-action=move-up-1] | id up";

/// How long an answer may take: it takes a millisecond or two.
const DEADLINE: Nanos = Nanos(10e9);

/// The answer, once it is there.
type Catalogue = Memo<Option<Arc<Answer>>>;

/// The catalogue's state: what is asked, and what the reader has set.
#[derive(Clone, Copy)]
pub(super) struct Shelf {
    asker: Asker,
    catalogue: Catalogue,
    looking: RwSignal<Looking>,
    /// The types that a link has named, as long as the catalogue is not there or has them.
    wanted: RwSignal<Named>,
}

impl Shelf {
    /// As a link left it. To be made while a view is built.
    pub(super) fn of_link(link: &Permalink) -> Self {
        let asker = Asker::new(crate::app::manifest(), DEADLINE);
        let catalogue: Catalogue = Memo::new(move |_| asker.asking().with(|asking| asking.answer.clone()));
        let looking = RwSignal::new(Looking::of_link(link));
        let wanted = RwSignal::new(Named::of_link(link));
        Effect::new(move |_| {
            catalogue.with(|answer| {
                let Some(Answer::Layout(answer)) = answer.as_deref() else { return };
                let named = wanted.get();
                looking.update(|looking| {
                    if let Some(name) = &named.chosen {
                        looking.choose_named(answer, name);
                    }
                    looking.set_beside(answer, named.beside.as_deref());
                });
            });
        });
        Self { asker, catalogue, looking, wanted }
    }

    /// Takes in another link.
    pub(super) fn open(self, link: &Permalink) {
        self.wanted.set(Named::of_link(link));
        let (chosen, beside) = self.looking.with_untracked(|looking| (looking.chosen, looking.beside));
        self.looking.set(Looking { chosen, beside, ..Looking::of_link(link) });
    }

    /// What links carry of it.
    pub(super) fn link(self) -> Signal<Permalink> {
        let Self { looking, wanted, .. } = self;
        Signal::derive(move || looking.with(|looking| wanted.with(|wanted| looking.link(wanted))))
    }
}

/// The catalogue.
pub(super) fn view(shelf: Shelf) -> impl IntoView {
    let Shelf { asker, catalogue, looking, .. } = shelf;
    let is_there = move || catalogue.with(Option::is_some);
    let open = move |_| asker.ask(Question::Layout(LayoutQuestion));
    // The one press that a link may have brought: it must not be made twice.
    let pressed = move || looking.with(|looking| u8::from(looking.names()[0] == "id").to_string());
    let status = Signal::derive(move || {
        asker.asking().with(|asking| match &asking.stage {
            AskStage::Idle => String::new(),
            AskStage::Loading { .. } | AskStage::Answering { .. } => "Asking the compiled types.".to_owned(),
            AskStage::Answered => "The catalogue is open.".to_owned(),
            AskStage::Failed(failure) => format!("No answer: {failure}. {}", failure.what_next()),
        })
    });
    view! {
        <form class="layout-catalogue needs-scripts" data-panel="" data-steps=ON_STAGE data-pressed=dynamic(pressed) on:submit=move |event| event.prevent_default()>
            <h2 class="lab-part">"The catalogue"</h2>
            <p>"Types chosen to teach, each compiled into the lab’s worker and into its build script. Sizes, alignments and offsets are what those two compilations say. Guess before you look."</p>
            <div class="row" hidden=dynamic(is_there)>
                <button type="button" class="primary" data-action="open-catalogue" on:click=open>"Open the catalogue"</button>
            </div>
            <p class="small-print" role="status">{status}</p>
            <div class="layout-open" hidden=dynamic(move || !is_there())>
                <div data-part="type">{choices(shelf)}{guess(catalogue, looking)}</div>
                <div data-part="order">{order(catalogue, looking)}</div>
                {everything(catalogue)}
            </div>
        </form>
    }
}

/// What `read` says of the catalogue; nothing before it is there.
fn said(catalogue: Catalogue, looking: RwSignal<Looking>, read: fn(&LayoutAnswer, &Looking) -> String) -> Signal<String> {
    Signal::derive(move || {
        let looking = looking.get();
        catalogue.with(|answer| match answer.as_deref() {
            Some(Answer::Layout(answer)) => read(answer, &looking),
            _ => String::new(),
        })
    })
}

/// Which type, on which machine.
fn choices(Shelf { catalogue, looking, wanted, .. }: Shelf) -> AnyView {
    let types = Signal::derive(move || {
        catalogue.with(|answer| {
            let Some(Answer::Layout(answer)) = answer.as_deref() else { return Vec::new() };
            let named = TypeGroup::ALL.iter().flat_map(|group| {
                let of_group = answer.types.iter().enumerate().filter(move |(_, text)| text.group == *group);
                of_group.map(|(_, text)| alternative(&text.name, &format!("{}: {}", group.label(), text.name)))
            });
            named.collect()
        })
    });
    let besides = Signal::derive(move || {
        let mut all = types.get();
        all.insert(0, alternative("", "nothing"));
        all
    });
    // The choice of nothing is an empty name.
    let set_beside = move |name: String| wanted.update(|wanted| wanted.beside = Some(name).filter(|name| !name.is_empty()));
    let name_of = move |of: fn(&Looking) -> Option<usize>| {
        Signal::derive(move || {
            catalogue.with(|answer| {
                let Some(Answer::Layout(answer)) = answer.as_deref() else { return String::new() };
                looking.with(|looking| {
                    of(looking).and_then(|at| answer.types.get(at)).map(|text| text.name.clone()).unwrap_or_default()
                })
            })
        })
    };
    let machines = Signal::derive(move || {
        catalogue.with(|answer| {
            let Some(Answer::Layout(answer)) = answer.as_deref() else { return Vec::new() };
            let one =
                |(at, machine): (usize, Machine)| alternative(&at.to_string(), &draw::machine_words(machine, machine.of(answer)));
            Machine::ALL.into_iter().enumerate().map(one).collect()
        })
    });
    let choose = move |name: String| {
        catalogue.with_untracked(|answer| {
            let Some(Answer::Layout(answer)) = answer.as_deref() else { return };
            let Some(at) = answer.types.iter().position(|text| text.name == name) else { return };
            looking.update(|looking| looking.choose(at));
            wanted.update(|wanted| wanted.chosen = Some(name));
        });
    };
    let turn = move |text: String| {
        if let Some(machine) = text.parse().ok().and_then(|at: usize| Machine::ALL.get(at).copied()) {
            looking.update(|looking| looking.machine = machine);
        }
    };
    let (chosen, beside) = (name_of(|looking| Some(looking.chosen)), name_of(|looking| looking.beside));
    let machine = Signal::derive(move || looking.with(|looking| usize::from(looking.machine == Machine::BuiltOn).to_string()));
    view! {
        <div class="toolbar">
            <Choice label="Type" name="layout-type" options=types value=chosen on_choose=choose/>
            <Choice label="Beside it" name="layout-beside" options=besides value=beside on_choose=set_beside/>
            <Choice label="Compiled for" name="layout-machine" options=machines value=machine on_choose=turn/>
        </div>
    }
    .into_any()
}

/// The chosen type, a guess at its size, and its bytes.
fn guess(catalogue: Catalogue, looking: RwSignal<Looking>) -> AnyView {
    use super::state::Shown;
    let guessed = RwSignal::new(None::<u32>);
    // Another type wants another guess.
    let chosen = Memo::new(move |_| looking.with(|looking| looking.chosen));
    Effect::new(move |_| {
        chosen.get();
        guessed.set(None);
    });
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a few thousand just before")]
    let typed = move |event| guessed.set(number_of(&event).map(|number| number.round().clamp(0.0, 9_999.0) as u32));
    let value = move || guessed.get().map(|guess| guess.to_string()).unwrap_or_default();
    let show = move |_| looking.update(|looking| looking.open(guessed.get_untracked()));
    let finding = said(catalogue, looking, |answer, looking| match (looking.shown, answer.types.get(looking.chosen)) {
        (Shown::Open(guess), Some(text)) => {
            looking.layout(answer).map(|layout| draw::sentence(text, layout, guess)).unwrap_or_default()
        }
        _ => String::new(),
    });
    view! {
        <div class="row layout-guess">
            <label class="choice">
                <span>"Your guess: bytes"</span>
                <input type="number" name="layout-guess" min="0" max="9999" step="1" prop:value=value on:input=typed/>
            </label>
            <button type="button" class="primary" data-action="show-layout" on:click=show>"Show its bytes"</button>
        </div>
        <p class="meaning layout-finding" role="status">{finding}</p>
        <div class="layout-pair">
            <Html class="layout-chosen" html=said(catalogue, looking, draw::chosen)/>
            <Html class="layout-beside" html=said(catalogue, looking, draw::beside)/>
        </div>
    }
    .into_any()
}

/// Four fields to be put in order.
fn order(catalogue: Catalogue, looking: RwSignal<Looking>) -> AnyView {
    let moving = (0..4_usize).map(|place| {
        let name = move || looking.with(|looking| looking.names().get(place).copied().unwrap_or_default());
        let label = move || format!("Move {} up", name());
        view! {
            <li>
                <code>{dynamic(name)}</code>
                <button type="button" class="quiet" data-action=format!("move-up-{place}") disabled=place == 0 aria-label=dynamic(label)
                    on:click=move |_| looking.update(|looking| looking.move_up(place))>"Up"</button>
            </li>
        }
    });
    let fields = said(catalogue, looking, |answer, _| {
        let source = answer.types.iter().find(|text| text.name == "InOrder").map(|text| &*text.source).unwrap_or_default();
        let lines = source.lines().filter(|line| line.starts_with(' '));
        all(lines, |line| format!("<code>{}</code> ", escaped(line.trim().trim_end_matches(','))))
    });
    view! {
        <h3>"Put the fields in order"</h3>
        <p>"Each of the twenty-four orders is a type of its own under " <code>"repr(C)"</code> ", compiled into the lab. Find one that is as small as can be."</p>
        <Html class="layout-fields" html=fields/>
        <ol class="layout-order">{moving.collect::<Vec<_>>()}</ol>
        <p class="meaning" role="status">{said(catalogue, looking, draw::order_sentence)}</p>
        <Html class="layout-ordered" html=said(catalogue, looking, draw::ordered)/>
    }
    .into_any()
}

/// Every type at once; it gives all answers away, so it is folded.
fn everything(catalogue: Catalogue) -> AnyView {
    let table = Signal::derive(move || {
        catalogue.with(|answer| match answer.as_deref() {
            Some(Answer::Layout(answer)) => draw::all_types(answer).draw(),
            _ => String::new(),
        })
    });
    let csv = move |()| {
        catalogue.with_untracked(|answer| match answer.as_deref() {
            Some(Answer::Layout(answer)) => Some(draw::all_types(answer).to_csv()),
            _ => None,
        })
    };
    let enabled = Signal::derive(move || catalogue.with(Option::is_some));
    view! {
        <details class="layout-all">
            <summary>"All types with their sizes on both machines"</summary>
            <Html class="table-box" html=table/>
            <div class="row"><CopyButton label="Copy all types (CSV)" name="copy-types" text=csv enabled/></div>
        </details>
    }
    .into_any()
}
