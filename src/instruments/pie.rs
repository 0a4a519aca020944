//! A pie, kept for recognition only: it compares shares within one whole, and two pies hide which whole is larger.

use crate::markup::{all, escaped};

/// A slice of a pie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slice {
    /// Its name; slices of one name look alike in every pie.
    pub label: &'static str,
    /// Its size, in any unit.
    pub size: f64,
}

/// A pie with its slices' names and sizes beside it, as HTML. Each slice is a stretch of one thick circle, so no angle is ever computed.
#[must_use]
pub fn draw(title: &str, slices: &[Slice]) -> String {
    let whole: f64 = slices.iter().map(|slice| slice.size).sum();
    let mut start = 0.0;
    let arcs = all(slices, |slice| {
        let arc = format!(
            "<circle r=\"25\" fill=\"none\" stroke=\"url(#stage-{})\" stroke-width=\"50\" pathLength=\"{whole}\" stroke-dasharray=\"{} {whole}\" stroke-dashoffset=\"{}\" transform=\"rotate(-90)\"/>",
            slice.label, slice.size, -start,
        );
        start += slice.size;
        arc
    });
    let words = all(slices, |slice| format!("<li><i class=\"swatch stage-{0}\"></i>{0} {1}</li>", slice.label, slice.size));
    format!(
        "<figure class=\"pie\"><svg viewBox=\"-52 -52 104 104\" width=\"104\" height=\"104\" aria-hidden=\"true\" focusable=\"false\">{arcs}\
         <circle r=\"50\" class=\"pie-rim\"/></svg><figcaption>{}<ul>{words}</ul></figcaption></figure>",
        escaped(title),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slice_begins_where_the_one_before_ended() {
        let pie = draw("", &[Slice { label: "a", size: 70.0 }, Slice { label: "b", size: 30.0 }]);
        assert!(pie.contains("stroke-dasharray=\"70 100\" stroke-dashoffset=\"-0\""), "{pie}");
        assert!(pie.contains("stroke-dasharray=\"30 100\" stroke-dashoffset=\"-70\""), "{pie}");
    }
}
