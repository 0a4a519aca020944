//! The view of a lab whose result is a list of times: choices, finding, bars, run, table. What differs from lab to lab is in [`TimesLab`].

use super::{
    LabContext,
    backstage::Backstage,
    foretold::{self, Foretold},
    pictures::put_place,
    port::{LabHandle, LabPort},
    results::{self, Arranged, Results},
    shared::{CopyResult, LinkRoot, embed_link, on_new_address, put_seed, seed_of, show_in_address},
};
use crate::{
    app::Route,
    components::{
        copy::CopyButton,
        later::later,
        provenance::{Badge, Provenance},
        run_panel::{RunPanel, data_state},
        save_picture::{SavePicture, here},
        table::TableData,
    },
    embed::picture::{Drawing, PictureData, Place},
    engine::{RunRequest, Runner},
    markup::{Html, all, dynamic, html},
    state::permalink::{Permalink, PermalinkError},
};
use leptos::prelude::*;
use protocol::{Contender, Fact, FactKind, LabId, LabInput, Recording, Seed};
use std::sync::Arc;

/// What is a lab's own.
#[derive(Clone, Copy)]
pub struct TimesLab {
    /// Which lab.
    pub lab: LabId,
    /// Its contenders, the first of which all others are set against.
    pub contenders: &'static [Contender],
    /// Those of them that an input has run.
    pub takes_part: fn(LabInput) -> Vec<Contender>,
    /// What the axis measures.
    pub axis: &'static str,
    /// What is counted, with the table's words for it.
    pub facts: &'static [(FactKind, &'static str)],
    /// What every time is divided by.
    pub per: fn(LabInput) -> f64,
    /// An input in words.
    pub words: fn(LabInput) -> String,
    /// The result as a sentence.
    pub finding: fn(Option<&Results>) -> String,
    /// What else the result says, if anything.
    pub remark: fn(&Results) -> Option<String>,
    /// What is not in the figures.
    pub small_print: &'static str,
    /// What the input is, drawn, as HTML with its own table; empty where there is nothing to draw.
    pub illustration: fn(LabInput) -> String,
    /// An input as a link.
    pub link: fn(LabInput) -> Permalink,
}

/// How an input's results are shown.
pub type Arrange = Box<dyn Fn(LabInput, Option<&Results>) -> Arranged + Send + Sync>;

/// What a lab's view holds beside what all have.
pub struct Parts {
    /// The controls of its input.
    pub choices: AnyView,
    /// The controls of how results are shown; they stand over the bars.
    pub look: AnyView,
    /// How results are shown.
    pub arrange: Arrange,
    /// What comes after the table.
    pub more: Box<dyn FnOnce(Shown) -> AnyView>,
    /// The document that the input is of, while it is one of the reader's own.
    pub document: Option<Signal<Option<Arc<[u8]>>>>,
    /// What is asked of a worker beside the runs, which it is told of.
    pub counted: Box<dyn FnOnce(Runner) -> Counted>,
    /// What links carry of what else the reader has chosen, which no run depends on.
    pub beside: Signal<Permalink>,
    /// The lab's own beats on a stage, between the finding and the QR code.
    pub beats: &'static str,
}

/// What a lab that times nothing shows beside its figures.
pub struct Counted {
    /// What the present answer counts; none while there is none for the present input.
    pub facts: Signal<Option<Vec<Fact>>>,
    /// Everything else.
    pub details: AnyView,
}

impl Parts {
    /// Controls, and nothing else that others do not have.
    pub fn plain(lab: TimesLab, choices: AnyView) -> Self {
        let arrange = move |input, _: Option<&Results>| Arranged::plain((lab.takes_part)(input));
        let (look, more) = (().into_any(), Box::new(|_| ().into_any()));
        let counted = Box::new(|_| Counted { facts: Signal::stored(None), details: ().into_any() });
        let beside = Signal::stored(Permalink::default());
        Self { choices, look, arrange: Box::new(arrange), more, document: None, counted, beside, beats: "" }
    }
}

/// What a lab's view shows at the moment.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The input that the figures are of.
    pub input: Memo<LabInput>,
    /// The figures.
    pub results: Memo<Option<Results>>,
    /// How they are arranged.
    pub arranged: Memo<Arranged>,
    /// The table of them.
    pub figures: Signal<TableData>,
}

impl TimesLab {
    /// An input as a link, with the reader's own result where there is one.
    pub fn link_with_result(&self, input: LabInput, seed: Seed, results: Option<&Results>) -> Permalink {
        let mut link = (self.link)(input);
        put_seed(&mut link, seed);
        // No link names a document of the reader's own, so none may carry its figures: they would stand beside another input.
        let is_named = !matches!(input, LabInput::OwnDocument(_));
        if let Some(own) =
            results.filter(|results| is_named && matches!(results.provenance, Provenance::Live | Provenance::Counted))
        {
            own.put(&mut link);
            put_place(&mut link, &here());
        }
        link
    }

    /// The picture of what a link to `input` shows: the result that it carries, else the recorded run.
    pub fn picture_of(self, link: &Permalink, input: LabInput, recorded: &[Recording]) -> Option<PictureData> {
        let results = Results::of_link(self.lab, link).or_else(|| Results::of_recorded(recorded, input))?;
        Some(self.picture(input, &results))
    }

    /// The picture of some results.
    fn picture(self, input: LabInput, results: &Results) -> PictureData {
        let Self { lab, per, axis, .. } = self;
        let arranged = Arranged::plain((self.takes_part)(input));
        let drawing = if lab.is_timed() {
            let figure = results::bars(&input, &arranged, Some(results), per(input), axis);
            Drawing::Times(figure, results.bar_state())
        } else {
            Drawing::Counts(results::counts(&arranged, results, self.facts), results.bar_state())
        };
        let remark = (self.remark)(results).unwrap_or_default();
        PictureData {
            lab,
            subject: (self.words)(input),
            number: None,
            interval: None,
            sentence: format!("{} {remark}", (self.finding)(Some(results))).trim_end().to_owned(),
            drawing,
            small_print: self.small_print.to_owned(),
            provenance: results.provenance.clone(),
            place: Place::default(),
            site: String::new(),
        }
    }

    /// The lab's view. `input` is what its controls have chosen, `open` takes in a link to another input.
    #[allow(clippy::too_many_lines, reason = "one view, whose parts share all of these signals")]
    pub fn view(
        self,
        context: &LabContext,
        (start, link_error): (&Permalink, Option<PermalinkError>),
        input: Signal<LabInput>,
        parts: Parts,
        open: impl Fn(Permalink) + Send + Sync + 'static,
    ) -> AnyView {
        let Self { lab, contenders, .. } = self;
        let Parts { choices, look, arrange, more, document, counted, beside, beats } = parts;
        let put_beside = move |mut link: Permalink| {
            beside.with(|beside| link.extend(beside));
            link
        };
        let seed = RwSignal::new(seed_of(start));
        let link = Signal::derive(move || put_beside(self.link_with_result(input.get(), seed.get(), None)));
        // What a link brought belongs to the input that it brought.
        let sent = RwSignal::new(Results::of_link(lab, start).map(|sent| (input.get_untracked(), sent)));
        let open = Callback::new(move |link: Permalink| {
            seed.set(seed_of(&link));
            let brought = Results::of_link(lab, &link);
            open(link);
            sent.set(brought.map(|brought| (input.get_untracked(), brought)));
        });
        // In a lesson, a lab starts as the lesson says.
        let home = match context {
            LabContext::Lesson(link) => link.clone(),
            LabContext::Page | LabContext::Embed(..) => Permalink::default(),
        };
        if *context == LabContext::Page {
            Effect::new(move |_| show_in_address(&link.get()));
            on_new_address(move |link| open.run(link));
        }
        let runner = Runner::new(crate::app::manifest());
        let root = StoredValue::new(LinkRoot::of(Route::Lab(lab)));
        let Counted { facts, details } = counted(runner);
        let with_result = StoredValue::new(None::<Signal<Permalink>>);
        let address = move || {
            let link = with_result.get_value().unwrap_or(link);
            root.with_value(|root| root.link(&link.get_untracked()))
        };
        let guess = RwSignal::new(Foretold::default());
        // Whoever starts the run, the guess that stands then is the one that counts.
        let is_running = Memo::new(move |_| runner.run().with(|run| run.as_ref().is_some_and(|run| run.stage.is_running())));
        Effect::new(move |_| {
            if is_running.get() {
                guess.update(Foretold::begin);
            }
        });
        let reset = move || {
            guess.set(Foretold::default());
            runner.clear();
            open.run(home.clone());
        };
        let request = Callback::new(move |()| RunRequest {
            document: document.and_then(|document| document.get_untracked()),
            ..RunRequest::quick(input.get_untracked(), seed.get_untracked())
        });
        let doors = (move || link.get_untracked(), move |link| open.run(link));
        let backstage = Backstage::new(lab, runner, move || request.run(()), address, reset, doors);
        let (recorded, pin) = (backstage.recorded, backstage.pin);
        let instance = backstage.register();
        // No recording holds all that is counted, and it is the same whenever it is: where a run comes back as recorded, what stands beside it does so anew.
        if !lab.is_timed() {
            Effect::new(move |_| {
                if pin.with(Option::is_some) && runner.run().with_untracked(Option::is_none) {
                    runner.start(request.run(()));
                }
            });
        }
        // A link may ask for the question first: then what was recorded stays hidden.
        let asks_first = start.get("show") == Some("question");
        let foretelling =
            (lab.is_timed() && foretold::is_asked(context, asks_first)).then(|| foretold::view(guess, input, self.takes_part));
        let results = Memo::new(move |_| {
            let now = input.get();
            let pinned = pin.with(|pin| pin.as_ref()?.for_input(&now, self.words)).map(|pinned| Results::of_recording(&pinned));
            let own = || runner.run().with(|run| run.as_ref().and_then(|run| Results::of_run(run, now, self.words)));
            let sent = || sent.with(|sent| sent.as_ref().filter(|(of, _)| *of == now).map(|(_, sent)| sent.clone()));
            let recorded = || recorded.with(|recorded| Results::of_recorded(recorded, now).filter(|_| !asks_first));
            let counted = || facts.with(|facts| facts.as_ref().map(|facts| Results::of_facts(facts)));
            pinned.or_else(counted).or_else(own).or_else(sent).or_else(recorded)
        });
        // A stale run's figures belong to the input it ran on.
        let shown = Memo::new(move |_| {
            runner.run().with(|run| {
                let pinned = pin.with(|pin| pin.as_ref().filter(|pin| pin.holds_for(&input.get())).map(|pin| pin.input));
                if facts.with(Option::is_some) {
                    return pinned.unwrap_or_else(|| input.get());
                }
                let ran = || run.as_ref().filter(|run| run.report().is_some()).map(|run| run.request.input);
                pinned.or_else(ran).unwrap_or_else(|| input.get())
            })
        });
        let (arranged, figure, figures) = self.drawn(results, shown, arrange);
        let table = Signal::derive(move || figures.with(TableData::draw));
        let illustration = Signal::derive(move || (self.illustration)(input.get()));
        let drawn = self.is_drawn(&input.get_untracked()).then_some(DRAWN);
        let provenance = Signal::derive(move || {
            results.with(|results| results.as_ref().map_or(Provenance::Modelled, |results| results.provenance.clone()))
        });
        let is_stale = Signal::derive(move || matches!(provenance.get(), Provenance::Stale(_)));
        let finding = Signal::derive(move || results.with(|results| (self.finding)(results.as_ref())));
        let remark = Signal::derive(move || {
            let phase = shown.with(|input| input.phases().first().copied());
            let judged = |results: &Results| phase.and_then(|phase| guess.get().judged(results, phase));
            let said = results.with(|results| results.as_ref().map(|results| [judged(results), (self.remark)(results)]));
            said.into_iter().flatten().flatten().collect::<Vec<_>>().join(" ")
        });
        let text = move || Some(root.with_value(|root| root.link(&link.get_untracked())));
        let has_result = Signal::derive(move || results.with(Option::is_some));
        let picture = move |()| results.with_untracked(|results| Some(self.picture(shown.get_untracked(), results.as_ref()?)));
        let link_with_result = Signal::derive(move || {
            let now = input.get();
            // A pinned run of this device is the speaker's own, and goes with the input and the seed that it was taken with.
            let pinned = pin.with(|pin| pin.as_ref().filter(|pin| pin.is_own(&now)).cloned()).map(|pin| {
                let own = Results { provenance: Provenance::Live, ..Results::of_recording(&pin.recording) };
                self.link_with_result(pin.input, pin.seed(), Some(&own))
            });
            let live = || results.with(|results| self.link_with_result(now, seed.get(), results.as_ref()));
            put_beside(pinned.unwrap_or_else(live))
        });
        with_result.set_value(Some(link_with_result));
        let embed = embed_link(lab, move || link_with_result.get());
        LabPort::attach(LabHandle {
            lab,
            runner,
            request,
            link,
            link_with_result: Callback::new(move |()| link_with_result.get_untracked()),
            open,
            finding,
        });
        // On a stage the finding waits for its step; what is said before there is one does not.
        let held = move || results.with(Option::is_some).then_some("finding");
        // A lesson may hold the same lab twice: what it starts with tells them apart.
        let label = format!("{}: {}", lab.title(), (self.words)(input.get_untracked()));
        let state = dynamic(move || runner.run().with(|run| data_state(run.as_ref(), is_stale.get())));
        let link_note = link_error.map(|error| html("link-note", format!("<p role=\"status\">{error}</p>")));
        view! {
            <section class=if lab.is_timed() { "lab" } else { "lab counts" } data-lab=lab.slug() data-state=state data-instance=instance data-steps=dynamic(move || self.steps(&input.get(), beats)) aria-label=label>
                {link_note}
                <div class="toolbar">{choices}{foretelling}</div>
                <div class="finding"><p class="meaning" data-reveal=held>{finding}</p><Badge provenance/></div>
                {look}
                {lab.is_timed().then(|| later(move || view! { <div class="time-bars" aria-hidden="true" inner_html=figure></div> }.into_any()))}
                <p class="remark" data-reveal="finding">{remark}</p>
                <p class="small-print">{self.small_print}</p>
                <div class="run-dock">
                    {later(move || view! { <RunPanel runner request before_run=|()| () finding is_stale/> }.into_any())}
                </div>
                {details}
                {later(move || view! { <Html class="table-box" html=table/> }.into_any())}
                {later(move || {
                    view! { <div data-part=drawn data-screen=drawn.map(|_| "")><Html class="illustration" html=illustration/></div> }.into_any()
                })}
                {more(Shown { input: shown, results, arranged, figures })}
                {html("gives-up", results::what_each_gives_up(contenders))}
                <div class="row"><CopyResult runner/><CopyButton label="Copy link" name="copy-link" text enabled=Signal::stored(true)/>{embed}</div>
                <div class="row"><SavePicture picture enabled=has_result/></div>
            </section>
        }
        .into_any()
    }

    /// How the results stand, their bars as HTML, and their table.
    fn drawn(
        self,
        results: Memo<Option<Results>>,
        shown: Memo<LabInput>,
        arrange: Arrange,
    ) -> (Memo<Arranged>, Memo<String>, Signal<TableData>) {
        let Self { per, .. } = self;
        let arranged = Memo::new(move |_| results.with(|results| arrange(shown.get(), results.as_ref())));
        let figure = Memo::new(move |_| {
            let (arranged, input) = (arranged.get(), shown.get());
            let per = per(input);
            results.with(|results| results::draw_bars(&input, &arranged, results.as_ref(), per, self.axis))
        });
        let figures = Signal::derive(move || {
            let (arranged, input) = (arranged.get(), shown.get());
            let (per, caption) = (per(input), (self.words)(input));
            results.with(|results| results::table(&input, &arranged, results.as_ref(), per, &caption, self.facts))
        });
        (arranged, figure, figures)
    }

    /// Whether there is an illustration: on a stage it is a screen of its own.
    fn is_drawn(self, input: &LabInput) -> bool {
        !(self.illustration)(*input).is_empty()
    }

    /// The lab's beats on a stage: the figure comes a contender at a time, the first of them at once, then a phase at a time; then what the input
    /// is, and the lab's own.
    fn steps(self, input: &LabInput, own: &str) -> String {
        let drawn = if self.is_drawn(input) { format!("part {DRAWN} | the input, drawn; ") } else { String::new() };
        if !self.lab.is_timed() {
            return format!("run | press Run; reveal finding | the finding; {drawn}{own}qr | the QR code");
        }
        let bars = all((self.takes_part)(LabInput::default_of(self.lab)).iter().skip(1), |one| {
            format!("reveal {} | bar: {}; ", one.slug(), one.label())
        });
        let phases = all(input.phases().iter().skip(1), |phase| format!("part {0} | on to the phase: {0}; ", phase.label()));
        format!("run | press Run; {bars}{phases}reveal finding | the finding; {drawn}{own}qr | the QR code")
    }
}

/// The illustration's name among a lab's parts.
const DRAWN: &str = "illustration";
