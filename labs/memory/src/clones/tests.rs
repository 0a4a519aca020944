//! All ways of keeping text come to the same sum; and what each design says that it copies.

use super::*;

fn input(changed: Changed) -> ClonesInput {
    ClonesInput { lines: 500, changed }
}

#[test]
fn every_contender_reads_the_same_whatever_is_changed() {
    for changed in Changed::ALL {
        let source = draw(input(changed), Seed(3));
        let sums: Vec<u64> = LabId::Clones.contenders().iter().map(|id| run(*id, &source, &mut Silent)).collect();
        assert!(sums[0] > 0 && sums.iter().all(|sum| *sum == sums[0]), "{changed:?}: {sums:?}");
    }
}

#[test]
fn bytes_are_copied_where_the_design_says() {
    let copied = |changed, id| -> Vec<u64> {
        let costs = stages(id, &draw(input(changed), Seed(3)));
        assert_eq!(costs.iter().map(|cost| cost.stage).collect::<Vec<_>>(), Stage::ALL);
        costs.iter().map(|cost| cost.copied).collect()
    };
    let [split, keep, normalise, share, read] = copied(Changed::None, Contender::TextOwned)[..] else { panic!() };
    assert!(split > normalise && normalise == share && share > 0 && keep == 0 && read == 0);
    assert_eq!(copied(Changed::All, Contender::TextBorrowed), [0; 5]);
    assert_eq!(copied(Changed::None, Contender::TextCow), [0; 5]);
    let cow = copied(Changed::All, Contender::TextCow);
    assert!(cow[2] > 0 && cow[2] == cow[3], "{cow:?}");
    for id in [Contender::TextRc, Contender::TextArc] {
        assert_eq!(copied(Changed::None, id), [split, 0, 0, 0, 0]);
        assert_eq!(copied(Changed::All, id)[3], 0, "a counted pointer is shared without a copy");
    }
}
