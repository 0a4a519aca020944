//! The view of a lab whose result is a list of times: choices, finding, bars, run, table. What differs from lab to lab is in [`TimesLab`].

use super::{
    LabContext,
    backstage::Backstage,
    port::{LabHandle, LabPort},
    results::{self, Results},
    shared::{CopyResult, link_to, on_new_address, put_seed, seed_of, show_in_address},
};
use crate::{
    app::{Route, href},
    components::{
        copy::CopyButton,
        provenance::{Badge, Provenance},
        run_panel::{RunPanel, data_state},
    },
    engine::{RunRequest, Runner},
    markup::{Html, all, dynamic, html},
    state::permalink::{Permalink, PermalinkError},
};
use leptos::prelude::*;
use protocol::{Contender, FactKind, LabId, LabInput};

/// What is a lab's own.
#[derive(Clone, Copy)]
pub struct TimesLab {
    /// Which lab.
    pub lab: LabId,
    /// Its contenders, the first of which all others are set against.
    pub contenders: &'static [Contender],
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
    /// An input as a link.
    pub link: fn(LabInput) -> Permalink,
}

impl TimesLab {
    /// The lab's view. `choices` are its controls, `input` what they have chosen, `open` takes in a link to another input.
    pub fn view(
        self,
        context: &LabContext,
        (start, link_error): (&Permalink, Option<PermalinkError>),
        input: Signal<LabInput>,
        choices: AnyView,
        open: impl Fn(Permalink) + Send + Sync + 'static,
    ) -> AnyView {
        let Self { lab, contenders, per, .. } = self;
        let seed = RwSignal::new(seed_of(start));
        let link = Signal::derive(move || {
            let mut link = (self.link)(input.get());
            put_seed(&mut link, seed.get());
            link
        });
        let open = Callback::new(move |link: Permalink| {
            seed.set(seed_of(&link));
            open(link);
        });
        if *context == LabContext::Page {
            Effect::new(move |_| show_in_address(&link.get()));
            on_new_address(move |link| open.run(link));
        }
        let runner = Runner::new(crate::app::manifest());
        let path = StoredValue::new(href(&Route::Lab(lab)));
        let address = move || path.with_value(|path| link_to(path, &link.get_untracked()));
        let reset = move || {
            runner.clear();
            open.run(Permalink::default());
        };
        let backstage =
            Backstage::new(lab, runner, move || RunRequest::quick(input.get_untracked(), seed.get_untracked()), address, reset);
        let (recorded, pin) = (backstage.recorded, backstage.pin);
        let instance = backstage.register();
        let results = Memo::new(move |_| {
            if let Some(pinned) = pin.with(|pin| pin.as_ref()?.for_input(&input.get(), self.words)) {
                return Some(Results::of_recording(&pinned));
            }
            runner.run().with(|run| recorded.with(|recorded| Results::choose(input.get(), run.as_ref(), recorded, self.words)))
        });
        // A stale run's figures belong to the input it ran on.
        let shown = Memo::new(move |_| {
            runner.run().with(|run| {
                let pinned = pin.with(|pin| pin.as_ref().filter(|pin| pin.holds_for(&input.get())).map(|pin| pin.input));
                let ran = || run.as_ref().filter(|run| run.report().is_some()).map(|run| run.request.input);
                pinned.or_else(ran).unwrap_or_else(|| input.get())
            })
        });
        let figure = Memo::new(move |_| {
            results.with(|results| results::draw_bars(lab, contenders, results.as_ref(), per(shown.get()), self.axis))
        });
        let table = Signal::derive(move || {
            let caption = (self.words)(shown.get());
            results
                .with(|results| results::table(lab, contenders, results.as_ref(), per(shown.get()), &caption, self.facts).draw())
        });
        let provenance = Signal::derive(move || {
            results.with(|results| results.as_ref().map_or(Provenance::Modelled, |results| results.provenance.clone()))
        });
        let is_stale = Signal::derive(move || matches!(provenance.get(), Provenance::Stale(_)));
        let finding = Signal::derive(move || results.with(|results| (self.finding)(results.as_ref())));
        let remark = Signal::derive(move || results.with(|results| results.as_ref().and_then(self.remark)).unwrap_or_default());
        let text = move || Some(address());
        let request = Callback::new(move |()| RunRequest::quick(input.get_untracked(), seed.get_untracked()));
        LabPort::attach(LabHandle {
            lab,
            runner,
            request,
            link,
            link_with_result: Callback::new(move |()| link.get_untracked()),
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
            <section class="lab" data-lab=lab.slug() data-state=state data-instance=instance data-steps=self.steps() aria-label=label>
                {link_note}
                <div class="toolbar">{choices}</div>
                <div class="finding"><p class="meaning" data-reveal=held>{finding}</p><Badge provenance/></div>
                <div class="time-bars" aria-hidden="true" inner_html=figure></div>
                <p class="remark" data-reveal="finding">{remark}</p>
                <p class="small-print">{self.small_print}</p>
                <div class="run-dock">
                    <RunPanel runner request before_run=|()| () finding is_stale/>
                </div>
                <Html class="table-box" html=table/>
                {html("gives-up", results::what_each_gives_up(contenders))}
                <p class="row"><CopyResult runner/><CopyButton label="Copy link" name="copy-link" text enabled=Signal::stored(true)/></p>
            </section>
        }
        .into_any()
    }
    /// The lab's beats on a stage: the figure comes a contender at a time, the first of them at once.
    fn steps(self) -> String {
        let bars = all(self.contenders.iter().skip(1), |one| format!("reveal {} | bar: {}; ", one.slug(), one.label()));
        format!("run | press Run; {bars}reveal finding | the finding; qr | the QR code")
    }
}
