//! How the results are shown: which formats, in which order, against which of them. A plain struct; the view only draws it.

use crate::labs::results::{Arranged, Results};
use protocol::{Contender, FactKind, Phase};

/// How a format gives its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Text that a person can read.
    Text,
    /// Binary, decoded into the program's structs.
    Decoded,
    /// Binary, read where it lies.
    InPlace,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 3] = [Self::Text, Self::Decoded, Self::InPlace];

    /// The family's name in controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Decoded => "decoded",
            Self::InPlace => "in-place",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Decoded => "Binary, decoded into structs",
            Self::InPlace => "Binary, used in place",
        }
    }

    /// The family of a contender; text for what is no format.
    #[must_use]
    pub const fn of(contender: Contender) -> Self {
        match contender {
            Contender::Postcard | Contender::Bitcode | Contender::Prost | Contender::RkyvOwned => Self::Decoded,
            Contender::Flatbuffers | Contender::Zerocopy | Contender::RkyvValidated | Contender::RkyvUnvalidated => Self::InPlace,
            // JSON, and what is no format at all.
            _ => Self::Text,
        }
    }
}

/// In which order bars and rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By family, in the lab's order.
    #[default]
    Family,
    /// The shortest time first.
    Fastest,
    /// The fewest bytes first.
    Smallest,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Family, Self::Fastest, Self::Smallest];

    /// The order's name in controls.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Fastest => "fastest",
            Self::Smallest => "smallest",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Family => "by kind of format",
            Self::Fastest => "fastest first",
            Self::Smallest => "smallest first",
        }
    }
}

/// How the results are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Only this family; none for all.
    pub family: Option<Family>,
    /// In which order.
    pub order: Order,
    /// Whom the others are set against; none for the lab's first.
    pub baseline: Option<Contender>,
}

impl Look {
    /// What is shown of those who take part. A baseline that does not gives way to the first that does.
    #[must_use]
    pub fn arrange(self, takes_part: Vec<Contender>, results: Option<&Results>) -> Arranged {
        let first = takes_part.first().copied();
        let baseline = self.baseline.filter(|baseline| takes_part.contains(baseline)).or(first);
        let shown = |contender: &Contender| self.family.is_none_or(|family| Family::of(*contender) == family);
        let contenders: Vec<Contender> = takes_part.into_iter().filter(shown).collect();
        let groups = match self.order {
            Order::Family => Family::ALL.map(|family| (family.label().to_owned(), of_family(&contenders, family))).into(),
            Order::Fastest => sorted(contenders, |contender| Some(results?.time(contender, Phase::Whole)?.median)),
            Order::Smallest => sorted(contenders, |contender| {
                #[allow(clippy::cast_precision_loss, reason = "a number of bytes, only compared")]
                Some(results?.fact(contender, FactKind::WireBytes)? as f64)
            }),
        };
        Arranged { groups: groups.into_iter().filter(|(_, contenders)| !contenders.is_empty()).collect(), baseline }
    }
}

fn of_family(contenders: &[Contender], family: Family) -> Vec<Contender> {
    contenders.iter().copied().filter(|contender| Family::of(*contender) == family).collect()
}

/// One group, what has no figure last.
fn sorted(mut contenders: Vec<Contender>, figure: impl Fn(Contender) -> Option<f64>) -> Vec<(String, Vec<Contender>)> {
    contenders.sort_by(|a, b| {
        let [a, b] = [a, b].map(|contender| figure(*contender).unwrap_or(f64::INFINITY));
        a.total_cmp(&b)
    });
    vec![(String::new(), contenders)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::provenance::Provenance;
    use protocol::{Operation, Payload, SerializationInput};
    use units::Interval;

    fn results() -> Results {
        let times = [(Contender::SerdeJson, 100.0), (Contender::Postcard, 20.0), (Contender::RkyvValidated, 30.0)];
        let bytes = [(Contender::SerdeJson, 900), (Contender::Postcard, 300), (Contender::RkyvValidated, 200)];
        Results {
            provenance: Provenance::Live,
            times: times.map(|(who, time)| (who, Phase::Whole, Interval::exact(time))).to_vec(),
            ratios: Vec::new(),
            facts: bytes.map(|(who, bytes)| (who, FactKind::WireBytes, bytes)).to_vec(),
        }
    }

    #[test]
    fn all_by_family_against_the_first_unless_asked_otherwise() {
        let input = SerializationInput::default();
        let arranged = Look::default().arrange(input.contenders(), None);
        assert_eq!(arranged.groups.len(), 3);
        let mut shown: Vec<Contender> = arranged.contenders().collect();
        assert_eq!(arranged.baseline, Some(Contender::SerdeJson));
        shown.sort_by_key(|contender| Contender::ALL.iter().position(|one| one == contender));
        assert_eq!(shown, input.contenders());
    }

    #[test]
    fn sorted_by_a_figure_and_what_has_none_comes_last() {
        let first = |order| {
            let arranged =
                Look { order, ..Look::default() }.arrange(SerializationInput::default().contenders(), Some(&results()));
            assert_eq!(arranged.groups.len(), 1);
            arranged.contenders().take(3).collect::<Vec<_>>()
        };
        assert_eq!(first(Order::Fastest), [Contender::Postcard, Contender::RkyvValidated, Contender::SerdeJson]);
        assert_eq!(first(Order::Smallest), [Contender::RkyvValidated, Contender::Postcard, Contender::SerdeJson]);
    }

    #[test]
    fn a_filter_hides_others_but_not_the_baseline_s_figures() {
        let look = Look { family: Some(Family::InPlace), baseline: Some(Contender::Postcard), ..Look::default() };
        let arranged = look.arrange(SerializationInput::default().contenders(), None);
        assert!(arranged.contenders().all(|contender| Family::of(contender) == Family::InPlace));
        assert_eq!(arranged.baseline, Some(Contender::Postcard));
    }

    #[test]
    fn a_baseline_that_does_not_take_part_gives_way() {
        let look = Look { baseline: Some(Contender::Zerocopy), ..Look::default() };
        assert_eq!(look.arrange(SerializationInput::default().contenders(), None).baseline, Some(Contender::SerdeJson));
        let mesh = SerializationInput { payload: Payload::Mesh, operation: Operation::Update, ..SerializationInput::default() };
        assert_eq!(look.arrange(mesh.contenders(), None).baseline, Some(Contender::Zerocopy));
    }
}
