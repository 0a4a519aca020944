//! Size against time, a point a format: what is small is left, what is fast is low.

use crate::{
    instruments::bars::time_text,
    labs::results::{Arranged, Results},
    markup::{all, escaped},
};
use protocol::{Contender, FactKind, Phase};
use units::{Bytes, Interval, Nanos};

/// How high the drawing is, in pixels.
const HEIGHT: f64 = 340.0;
/// Space for labels above and below the points.
const MARGIN: f64 = 22.0;
/// How far labels stand apart.
const LINE: f64 = 15.0;

/// One format's place.
#[derive(Clone, Debug, PartialEq)]
struct Point {
    contender: Contender,
    time: Interval,
    bytes: u64,
    /// Per cent of the width.
    x: f64,
    /// Pixels from the top.
    y: f64,
    /// Where its label stands.
    label_y: f64,
}

/// The drawing as HTML; empty without results that have both figures. Screen readers pass over it: the table says the same.
#[must_use]
pub fn draw(results: Option<&Results>, arranged: &Arranged) -> String {
    let Some(points) = results.map(|results| place(results, arranged)).filter(|points| !points.is_empty()) else {
        return "<p class=\"faint\">It appears when a run has ended: bytes are counted last.</p>".to_owned();
    };
    let most = points.iter().map(|point| point.bytes).max().unwrap_or_default();
    let drawn = all(&points, |point| {
        let Point { contender, x, y, label_y, .. } = point;
        // To the right of its point, unless that is the drawing's end.
        let (anchor, shift) = if *x > 60.0 { ("end", -9) } else { ("start", 9) };
        format!(
            "<g class=\"tone-{}\"><circle class=\"scatter-point\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"6\"/>\
             <svg x=\"{x:.2}%\" overflow=\"visible\"><text class=\"scatter-label\" x=\"{shift}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text></svg></g>",
            contender.slug(),
            label_y + 4.0,
            escaped(contender.label()),
        )
    });
    let lines = all(&decades(&points), |(y, time)| {
        format!(
            "<line class=\"scatter-line\" x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"scatter-tick\" x=\"2\" y=\"{:.1}\">{}</text>",
            y - 3.0,
            Nanos(*time)
        )
    });
    format!(
        "<svg class=\"scatter\" width=\"100%\" height=\"{HEIGHT}\" aria-hidden=\"true\" focusable=\"false\">{lines}{drawn}</svg>\
         <p class=\"axis-title\" aria-hidden=\"true\">bytes, from 0 to {}, to the right; time, each line ten times the one below it, upwards</p>",
        Bytes(most)
    )
}

/// What the drawing says, as a sentence: the formats that no other beats in both figures.
#[must_use]
pub fn finding(results: Option<&Results>, arranged: &Arranged) -> String {
    let points = results.map(|results| place(results, arranged)).unwrap_or_default();
    let beaten = |point: &&Point| {
        points.iter().any(|other| other.bytes <= point.bytes && other.time.high < point.time.low && other != *point)
            || points.iter().any(|other| other.bytes < point.bytes && other.time.high <= point.time.low && other != *point)
    };
    let best: Vec<String> = points
        .iter()
        .filter(|point| !beaten(point))
        .map(|point| format!("{} ({}, {})", point.contender.label(), Bytes(point.bytes), time_text(point.time)))
        .collect();
    match best.len() {
        0 => String::new(),
        1 => format!("Smallest and fastest at once: {}.", best[0]),
        _ => format!("No other is both smaller and faster than any of these: {}.", best.join("; ")),
    }
}

fn place(results: &Results, arranged: &Arranged) -> Vec<Point> {
    let figures: Vec<(Contender, Interval, u64)> = arranged
        .contenders()
        .filter_map(|contender| {
            let time = results.time(contender, Phase::Whole).filter(|time| time.median > 0.0)?;
            Some((contender, time, results.fact(contender, FactKind::WireBytes)?))
        })
        .collect();
    let (low, high) = range(figures.iter().map(|(_, time, _)| time.median.log10()));
    let most = figures.iter().map(|(_, _, bytes)| *bytes).max().unwrap_or(1).max(1);
    let mut points: Vec<Point> = figures
        .into_iter()
        .map(|(contender, time, bytes)| {
            #[allow(clippy::cast_precision_loss, reason = "a place on a drawing")]
            let x = 4.0 + 90.0 * bytes as f64 / most as f64;
            let y = HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (time.median.log10() - low) / (high - low);
            Point { contender, time, bytes, x, y, label_y: y }
        })
        .collect();
    keep_apart(&mut points);
    points
}

/// Moves labels down until none of them stands on another.
fn keep_apart(points: &mut [Point]) {
    points.sort_by(|a, b| a.y.total_cmp(&b.y));
    for index in 1..points.len() {
        let (before, rest) = points.split_at_mut(index);
        let Some(point) = rest.first_mut() else { continue };
        for other in before.iter() {
            if (other.label_y - point.label_y).abs() < LINE && (other.x - point.x).abs() < 40.0 {
                point.label_y = other.label_y + LINE;
            }
        }
    }
}

/// Whole decades of time that hold all values.
fn range(logs: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = logs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), log| (low.min(log), high.max(log)));
    if low.is_finite() { (low.floor(), high.ceil().max(low.floor() + 1.0)) } else { (0.0, 1.0) }
}

/// Each whole decade's height and time.
fn decades(points: &[Point]) -> Vec<(f64, f64)> {
    let (low, high) = range(points.iter().map(|point| point.time.median.log10()));
    let mut lines = Vec::new();
    let mut log = low;
    while log <= high {
        let y = HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * (log - low) / (high - low);
        lines.push((y, 10_f64.powf(log)));
        log += 1.0;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::provenance::Provenance;

    fn results(figures: &[(Contender, f64, u64)]) -> (Results, Arranged) {
        let results = Results {
            provenance: Provenance::Live,
            times: figures.iter().map(|one| (one.0, Phase::Whole, Interval::exact(one.1))).collect(),
            ratios: Vec::new(),
            facts: figures.iter().map(|one| (one.0, FactKind::WireBytes, one.2)).collect(),
        };
        (results, Arranged::plain(figures.iter().map(|one| one.0).collect()))
    }

    #[test]
    fn labels_never_stand_on_each_other_and_points_stay_within() {
        let all: Vec<(Contender, f64, u64)> = Contender::ALL.iter().take(10).map(|who| (*who, 1_000.0, 500)).collect();
        let (results, arranged) = results(&all);
        let points = place(&results, &arranged);
        for (index, point) in points.iter().enumerate() {
            assert!((0.0..=100.0).contains(&point.x) && (0.0..=HEIGHT).contains(&point.y), "{point:?}");
            assert!(points[..index].iter().all(|other| (other.label_y - point.label_y).abs() >= LINE - 1e-9), "{points:?}");
        }
    }

    #[test]
    fn the_finding_names_what_nothing_beats() {
        let (results, arranged) = results(&[
            (Contender::SerdeJson, 100.0, 900),
            (Contender::Postcard, 50.0, 300),
            (Contender::RkyvValidated, 10.0, 400),
        ]);
        let finding = finding(Some(&results), &arranged);
        assert!(finding.contains("postcard") && finding.contains("rkyv") && !finding.contains("serde_json"), "{finding}");
        assert_eq!(super::finding(None, &arranged), "");
    }

    #[test]
    fn nothing_measured_says_when_it_comes() {
        assert!(draw(None, &Arranged::default()).contains("when a run has ended"));
    }
}
