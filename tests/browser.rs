//! What of the page needs a real browser, and no built site: addresses, storage, fetching. Run with
//! `cargo test --target wasm32-unknown-unknown --features csr --test browser`.

#![cfg(target_arch = "wasm32")]

use ferroscope::{
    engine::Manifest,
    labs::{
        LabContext,
        data::{latency_budget::LatencyBudget, serialization::Serialization},
        selftest::SelfTest,
    },
    state::{
        lessons::{LessonError, index, lesson},
        permalink::Permalink,
        settings::{Theme, apply_theme, load_theme},
    },
};
use leptos::prelude::*;
use protocol::LabId;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, HtmlElement, HtmlSelectElement, wasm_bindgen::JsCast as _};

wasm_bindgen_test_configure!(run_in_browser);

/// A lab's view in an element of its own; it goes when the handle does. The view itself: its piece is cut off in built sites alone.
fn show(lab: LabId) -> (HtmlElement, impl Drop) {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    let context = LabContext::Page;
    let handle = mount_to(place.clone(), move || match lab {
        LabId::LatencyBudget => view! { <LatencyBudget context/> }.into_any(),
        LabId::Serialization => view! { <Serialization context/> }.into_any(),
        LabId::ByteLens
        | LabId::Evolution
        | LabId::Columns
        | LabId::Packets
        | LabId::Arena
        | LabId::Allocators
        | LabId::Clones
        | LabId::InteriorMutability
        | LabId::Layout
        | LabId::Lifetimes
        | LabId::Pin
        | LabId::SelfTest => view! { <SelfTest/> }.into_any(),
    });
    (place, handle)
}

fn select(place: &HtmlElement, name: &str) -> HtmlSelectElement {
    place.query_selector(&format!("select[name={name}]")).unwrap().unwrap().unchecked_into()
}

/// The manifest that a page of this root would carry.
fn manifest(root: &str, index: &str) -> Manifest {
    let block = document().create_element("script").unwrap();
    block.set_id("ferroscope-manifest");
    block.set_attribute("type", "application/json").unwrap();
    let others =
        ["path", "audit", "glossary", "search", "placement", "pillars"].map(|name| format!(r#","{name}":"none""#)).concat();
    let course = format!(r#"{{"index":"{index}"{others}}}"#);
    block.set_text_content(Some(&format!(
        r#"{{"build":"0a","root":"{root}","bundles":{{}},"recordings":{{}},"course":{course}}}"#
    )));
    document().body().unwrap().append_child(&block).unwrap();
    let manifest = Manifest::of_page().unwrap();
    block.remove();
    manifest
}

#[wasm_bindgen_test]
fn the_root_is_told_from_the_page_s_address() {
    let origin = window().location().origin().unwrap();
    assert_eq!(manifest("/a/b/", "x").base_path(), "/a/b");
    assert_eq!(manifest("/a/b/", "x").address("y"), format!("{origin}/a/b/y"));
    assert_eq!(manifest("/", "x").base_path(), "");
    assert!(Manifest::of_page().is_err(), "a page without the block has no manifest");
}

#[wasm_bindgen_test]
async fn a_labs_state_comes_from_the_address_and_goes_back_to_it() {
    let mut link = Permalink::default();
    link.set("payload", "order");
    window().location().set_hash(&link.to_fragment()).unwrap();
    let (place, handle) = show(LabId::Serialization);
    leptos::task::tick().await;
    assert_eq!(select(&place, "payload").value(), "order");

    let chosen = select(&place, "payload");
    chosen.set_value("tree");
    chosen.dispatch_event(&Event::new("change").unwrap()).unwrap();
    leptos::task::tick().await;
    let now = Permalink::of_fragment(&window().location().hash().unwrap()).unwrap();
    assert_eq!(now.get("payload"), Some("tree"));
    drop(handle);
}

#[wasm_bindgen_test]
async fn a_damaged_address_shows_a_note_and_the_start() {
    window().location().set_hash("s=!").unwrap();
    let (place, handle) = show(LabId::Serialization);
    leptos::task::tick().await;
    assert!(place.query_selector(".link-note").unwrap().is_some());
    assert_eq!(select(&place, "payload").value(), "log");
    drop(handle);
}

#[wasm_bindgen_test]
async fn a_run_without_a_manifest_ends_as_a_failure_and_not_in_silence() {
    window().location().set_hash("").unwrap();
    let (place, handle) = show(LabId::SelfTest);
    let run: HtmlElement = place.query_selector("[data-action=run]").unwrap().unwrap().unchecked_into();
    run.click();
    // Once for the click's own effects, once for the task that looks for the bundle, once for what follows from it.
    for _ in 0..3 {
        leptos::task::tick().await;
    }
    let failure = place.query_selector("[data-failure]").unwrap().expect("a failure is shown");
    assert_eq!(failure.get_attribute("data-failure").as_deref(), Some("bundle"));
    drop(handle);
}

#[wasm_bindgen_test]
fn a_theme_is_kept() {
    for theme in Theme::ALL {
        apply_theme(theme);
        assert_eq!(load_theme(), theme);
        assert_eq!(document().document_element().unwrap().get_attribute("data-theme").as_deref(), Some(theme.slug()));
    }
    // What some other page or an older build has left there is no theme.
    window().local_storage().unwrap().unwrap().set_item("ferroscope.theme", "sepia").unwrap();
    assert_eq!(load_theme(), Theme::default());
}

#[wasm_bindgen_test]
async fn a_course_that_does_not_arrive_is_an_error() {
    let missing = manifest("/", "no-such-folder/course.index");
    assert!(matches!(index(&missing).await, Err(LessonError::Fetch(_))));
    assert!(matches!(lesson(&missing, "data", "zero_copy").await, Err(LessonError::Fetch(_))));
}

#[wasm_bindgen_test]
async fn a_damaged_course_is_an_error_each_time() {
    // An address that holds its own bytes.
    let damaged = manifest("data:application/octet-stream,", "these are no archive");
    for _ in 0..2 {
        assert!(matches!(index(&damaged).await, Err(LessonError::Fetch(_))));
    }
}
