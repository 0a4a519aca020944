//! A pie, kept for recognition only: it compares shares within one whole, and two pies hide which whole is larger.

use leptos::prelude::*;
use std::f64::consts::TAU;

/// A slice of a pie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slice {
    /// Its name; slices of one name look alike in every pie.
    pub label: &'static str,
    /// Its size, in any unit.
    pub size: f64,
}

/// A pie with its slices' names and sizes beside it.
#[component]
pub fn Pie(
    /// What it shows.
    title: &'static str,
    /// Clockwise from noon.
    slices: Vec<Slice>,
) -> impl IntoView {
    let paths = arcs(&slices).into_iter().zip(&slices).map(|(path, slice)| {
        view! { <path d=path class=format!("pie-slice stage-{}", slice.label) fill=format!("url(#stage-{})", slice.label)/> }
    });
    let words = slices
        .iter()
        .map(|slice| view! { <li><i class=format!("swatch stage-{}", slice.label)></i>{slice.label}" "{slice.size}</li> });
    view! {
        <figure class="pie">
            <svg viewBox="-52 -52 104 104" width="104" height="104" aria-hidden="true" focusable="false">{paths.collect_view()}</svg>
            <figcaption>{title}<ul>{words.collect_view()}</ul></figcaption>
        </figure>
    }
}

/// The outline of each slice, on a circle of radius 50 around the origin.
fn arcs(slices: &[Slice]) -> Vec<String> {
    const RADIUS: f64 = 50.0;
    let whole: f64 = slices.iter().map(|slice| slice.size).sum();
    let point = |part: f64| {
        let (sin, cos) = (TAU * part / whole).sin_cos();
        format!("{:.2} {:.2}", RADIUS * sin, -RADIUS * cos)
    };
    let mut start = 0.0;
    let mut paths = Vec::with_capacity(slices.len());
    for slice in slices {
        let end = start + slice.size;
        let large = u8::from(slice.size > whole / 2.0);
        paths.push(format!("M0 0 L{} A{RADIUS} {RADIUS} 0 {large} 1 {} Z", point(start), point(end)));
        start = end;
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_end_at_three_six_nine_and_twelve() {
        let slices = [Slice { label: "a", size: 1.0 }; 4];
        let ends = ["50.00 -0.00 Z", "0.00 50.00 Z", "-50.00 0.00 Z", "-0.00 -50.00 Z"];
        for (path, end) in arcs(&slices).iter().zip(ends) {
            assert!(path.ends_with(end), "{path} does not end at {end}");
        }
    }

    #[test]
    fn more_than_half_takes_the_long_way_round() {
        let slices = [Slice { label: "a", size: 3.0 }, Slice { label: "b", size: 1.0 }];
        assert!(arcs(&slices)[0].contains(" 0 1 1 "));
        assert!(arcs(&slices)[1].contains(" 0 0 1 "));
    }
}
