//! The self-test: a button for each fault. In no menu; the end-to-end tests drive it.

use crate::{
    components::{
        controls::Choice,
        run_panel::{RunPanel, data_state},
    },
    engine::{RunRequest, Runner},
    labs::shared::alternative,
    markup::dynamic,
};
use leptos::prelude::*;
use protocol::{Fault, LabId, LabInput, Seed};

/// The lab.
#[component]
pub fn SelfTest() -> impl IntoView {
    let fault = RwSignal::new(Fault::None);
    let runner = Runner::new(crate::app::manifest());
    let options: Vec<_> = Fault::ALL.iter().map(|fault| alternative(fault.slug(), fault.slug())).collect();
    let choose = move |slug: String| {
        if let Some(found) = Fault::ALL.into_iter().find(|fault| fault.slug() == slug) {
            fault.set(found);
        }
    };
    let state = dynamic(move || runner.run().with(|run| data_state(run.as_ref(), false)));
    view! {
        <section class="lab" data-lab=LabId::SelfTest.slug() data-state=state aria-label="Self-test">
            <div class="toolbar"><Choice label="What goes wrong" name="fault" options=Signal::stored(options) value=Signal::derive(move || fault.get().slug().to_owned()) on_choose=choose/></div>
            <RunPanel runner request=move || RunRequest::quick(LabInput::SelfTest(fault.get_untracked()), Seed::default()) before_run=|()| ()
                finding=Signal::stored("Nothing went wrong.".to_owned()) is_stale=Signal::stored(false)/>
        </section>
    }
}
