//! The smallest pieces of the page's Wasm as one file. The splitter makes a file of whatever any two groups share, however little: dozens of some
//! hundred bytes, each of which would be asked for by itself. It changes no piece: each is instantiated as it was cut.

use std::collections::BTreeMap;
use std::ops::Range;

/// What is shared and takes no more bytes than this is packed. Below it, the pack weighs less, compressed, than what each group would fetch of it
/// one by one (16.3 KB against 13.6 to 19.5 KB on 2026-11-23, 55 of 67 pieces); above it, groups would fetch much that is not theirs.
const SMALL: usize = 4_500;

/// Small pieces, one after the other.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pack {
    /// A Wasm module of nothing but a custom section, which holds the pieces: so hosts serve it, and compress it, as what it is.
    pub module: Vec<u8>,
    /// Where each piece lies in the module.
    pub places: BTreeMap<String, Range<usize>>,
}

impl Pack {
    /// Packs what is shared and small.
    pub fn of(pieces: &BTreeMap<String, Vec<u8>>) -> Self {
        let small = || pieces.iter().filter(|(name, bytes)| name.starts_with("chunk_") && bytes.len() <= SMALL);
        let payload: usize = small().map(|(_, bytes)| bytes.len()).sum();
        let mut module = header(payload);
        let mut places = BTreeMap::new();
        for (name, bytes) in small() {
            places.insert(name.clone(), module.len()..module.len() + bytes.len());
            module.extend_from_slice(bytes);
        }
        Self { module, places }
    }
}

/// A module's first bytes, up to the content of its one custom section. See <https://webassembly.github.io/spec/core/binary/modules.html>.
fn header(payload: usize) -> Vec<u8> {
    const NAME: &[u8] = b"pack";
    let mut header = b"\0asm\x01\0\0\0\0".to_vec();
    let mut rest = NAME.len() + 1 + payload;
    // LEB128: seven bits a byte, the lowest first.
    loop {
        let low = u8::try_from(rest & 0x7f).unwrap_or_default();
        rest >>= 7;
        header.push(if rest == 0 { low } else { low | 0x80 });
        if rest == 0 {
            break;
        }
    }
    header.push(4);
    header.extend_from_slice(NAME);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces() -> BTreeMap<String, Vec<u8>> {
        let piece = |name: &str, length| (name.to_owned(), vec![name.as_bytes()[name.len() - 1]; length]);
        [piece("chunk_1", 300), piece("chunk_2", SMALL + 1), piece("chunk_3", 2), piece("split_data", 3)].into()
    }

    #[test]
    fn what_is_shared_and_small_lies_in_it_as_it_was() {
        let (pieces, pack) = (pieces(), Pack::of(&pieces()));
        assert_eq!(pack.places.keys().collect::<Vec<_>>(), ["chunk_1", "chunk_3"]);
        for (name, place) in &pack.places {
            assert_eq!(pack.module.get(place.clone()), Some(pieces[name].as_slice()));
        }
    }

    #[test]
    fn it_is_a_module_of_one_section() {
        let pack = Pack::of(&pieces());
        // 0xb3 0x02 is 307 in LEB128: the name with its length, and 302 bytes.
        assert_eq!(pack.module[..16], *b"\0asm\x01\0\0\0\0\xb3\x02\x04pack");
        assert_eq!(pack.module.len(), 11 + 307);
        assert_eq!(Pack::of(&BTreeMap::new()).module.len(), 15);
    }
}
