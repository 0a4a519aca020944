//! What this sample shows. Shown by the lesson `{pillar}/{lesson}`.

// anchor: first
/// What it does.
pub fn first() -> u32 {
    1
}
// end: first

#[test]
fn it_does() {
    assert_eq!(first(), 1);
}
