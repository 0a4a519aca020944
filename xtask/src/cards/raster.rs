//! From SVG to PNG with a typeface that is compiled in: the same picture on a machine that has none.

use anyhow::{Context, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// The cards' typeface; `typst-assets` brings it (SIL Open Font License).
const FAMILY: &str = "Libertinus Serif";

/// Draws, with the typeface loaded once.
pub struct Pen {
    options: Options<'static>,
}

impl Pen {
    /// A pen.
    pub fn new() -> Self {
        let mut fonts = Database::new();
        for font in typst_assets::fonts() {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_serif_family(FAMILY);
        Self { options: Options { font_family: FAMILY.to_owned(), fontdb: Arc::new(fonts), ..Options::default() } }
    }

    /// What the SVG stands for.
    ///
    /// # Errors
    /// It is no SVG.
    pub fn tree(&self, svg: &str) -> Result<Tree> {
        Tree::from_str(svg, &self.options).context("a card's SVG does not parse")
    }

    /// The picture as PNG, of the SVG's own size.
    ///
    /// # Errors
    /// It is no SVG, or has no size.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>> {
        let tree = self.tree(svg)?;
        let size = tree.size().to_int_size();
        let mut pixels = Pixmap::new(size.width(), size.height()).context("a card without a size")?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        encode(&pixels).context("encoding a card")
    }
}

/// An opaque picture as PNG with a palette: a third of the bytes that four channels take.
///
/// A card has five inks on one ground; of the mixtures at letters' edges the 256 most frequent colours are kept, and every other becomes its
/// nearest, which no eye tells apart.
fn encode(pixels: &Pixmap) -> Result<Vec<u8>> {
    // Nearly all pixels are as the one before them: what is looked up is looked up once a run.
    let runs = runs(pixels);
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for (colour, length) in &runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut palette: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    // By colour where counts are equal: the same card must give the same bytes.
    palette.sort_unstable_by_key(|&(colour, count)| (Reverse(count), colour));
    palette.truncate(256);
    let mut known: HashMap<[u8; 3], u8> = palette.iter().zip(0..=u8::MAX).map(|((colour, _), index)| (*colour, index)).collect();
    let mut indices: Vec<u8> = Vec::with_capacity(pixels.pixels().len());
    for (colour, length) in runs {
        let index = *known.entry(colour).or_insert_with(|| {
            let nearest = palette.iter().zip(0..=u8::MAX).min_by_key(|((other, _), _)| distance(colour, *other));
            nearest.map_or(0, |(_, index)| index)
        });
        indices.resize(indices.len() + length, index);
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.iter().flat_map(|(colour, _)| *colour).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    writer.finish()?;
    Ok(bytes)
}

/// The picture's pixels in order, as runs of one colour each.
fn runs(pixels: &Pixmap) -> Vec<([u8; 3], usize)> {
    let mut runs: Vec<([u8; 3], usize)> = Vec::new();
    for same in pixels.pixels().chunk_by(|one, other| one == other) {
        if let Some(one) = same.first() {
            runs.push(([one.red(), one.green(), one.blue()], same.len()));
        }
    }
    runs
}

/// How far apart two colours are: the square of their distance.
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.into_iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}
