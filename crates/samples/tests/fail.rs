//! Every `lessons/<pillar>/<lesson>/fail/<name>.rs` is refused by the compiler, with the diagnostic in `<name>.stderr` beside it.

#[test]
fn samples_that_must_not_compile_do_not() {
    assert_ne!(env!("SAMPLES_FAILING"), "0", "no failing sample under lessons/");
    trybuild::TestCases::new().compile_fail("../../lessons/*/*/fail/*.rs");
}
