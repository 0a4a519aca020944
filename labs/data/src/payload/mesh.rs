//! `mesh`: triangles of 32-bit floats, nothing but numbers.

use super::{Dataset, Readable, Update, draw_length, each_sealed, generator, middle};
use crate::checksum::{Checksum, floats};
use protocol::{Payload, PayloadSize, Read, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;
use rkyv::munge::munge;
use rkyv::seal::Seal;

/// A triangle mesh.
#[derive(
    Clone,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Mesh {
    /// In the order they were drawn.
    pub triangles: Vec<Triangle>,
}

/// Three corners and a normal.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Triangle {
    /// First corner.
    pub v0: Vector3,
    /// Second corner.
    pub v1: Vector3,
    /// Third corner.
    pub v2: Vector3,
    /// What stands for the normal: random, and not of length 1.
    pub normal: Vector3,
}

/// A point or direction.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
pub struct Vector3 {
    /// 0 to 1.
    pub x: f32,
    /// 0 to 1.
    pub y: f32,
    /// 0 to 1.
    pub z: f32,
}

/// A triangle's fields, whichever form they are in.
pub(crate) trait Facet {
    /// The corners.
    fn corners(&self) -> [[f32; 3]; 3];
    /// The normal.
    fn normal(&self) -> [f32; 3];
}

impl Facet for &Triangle {
    fn corners(&self) -> [[f32; 3]; 3] {
        [&self.v0, &self.v1, &self.v2].map(|v| [v.x, v.y, v.z])
    }
    fn normal(&self) -> [f32; 3] {
        [self.normal.x, self.normal.y, self.normal.z]
    }
}

impl Facet for &ArchivedTriangle {
    fn corners(&self) -> [[f32; 3]; 3] {
        [&self.v0, &self.v1, &self.v2].map(|v| [v.x.to_native(), v.y.to_native(), v.z.to_native()])
    }
    fn normal(&self) -> [f32; 3] {
        [self.normal.x.to_native(), self.normal.y.to_native(), self.normal.z.to_native()]
    }
}

/// One field is the middle triangle's normal, one column every triangle's normal.
pub(crate) fn read_triangles(triangles: impl ExactSizeIterator<Item = impl Facet>, read: Read) -> u64 {
    let mut sum = Checksum::default();
    let mut normal_of = |[x, y, z]: [f32; 3]| sum.entry([floats(x, y), floats(z, 0.0)]);
    match read {
        Read::Field => middle(triangles).into_iter().for_each(|triangle| normal_of(triangle.normal())),
        Read::Column => triangles.for_each(|triangle| normal_of(triangle.normal())),
        Read::Every => triangles.for_each(|triangle| {
            let ([a, b, c], n) = (triangle.corners(), triangle.normal());
            // Two floats a word: half the operations.
            sum.entry([
                floats(a[0], a[1]),
                floats(a[2], b[0]),
                floats(b[1], b[2]),
                floats(c[0], c[1]),
                floats(c[2], n[0]),
                floats(n[1], n[2]),
            ]);
        }),
    }
    sum.total()
}

impl Readable for Mesh {
    fn read(&self, read: Read) -> u64 {
        read_triangles(self.triangles.iter(), read)
    }
}

impl Readable for ArchivedMesh {
    fn read(&self, read: Read) -> u64 {
        read_triangles(self.triangles.iter(), read)
    }
}

impl Update for Mesh {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for triangle in &mut self.triangles {
            triangle.normal.x = -triangle.normal.x;
            sum.entry([floats(triangle.normal.x, 0.0)]);
        }
        sum.total()
    }
}

impl Dataset for Mesh {
    /// There is no string to borrow.
    type Borrowed<'a> = Self;
    type Message = crate::contender::prost::Mesh;
    type Root<'a> = crate::contender::flatbuffers::Mesh<'a>;
    type Row = crate::contender::zerocopy::TriangleRow;

    fn generate(seed: Seed, entries: u32) -> Self {
        let mut rng = generator(seed);
        draw_length(&mut rng, Payload::Mesh.entries(PayloadSize::Full).into());
        let mut triangle = || {
            let [v0, v1, v2, normal] = [(); 4].map(|()| draw_vector(&mut rng));
            Triangle { v0, v1, v2, normal }
        };
        Self { triangles: (0..entries).map(|_| triangle()).collect() }
    }

    fn update_archive(archive: Seal<'_, ArchivedMesh>) -> u64 {
        let mut sum = Checksum::default();
        munge!(let ArchivedMesh { triangles } = archive);
        each_sealed(triangles, |triangle| {
            munge!(let ArchivedTriangle { normal: ArchivedVector3 { x, .. }, .. } = triangle);
            let x = x.unseal();
            *x = (-x.to_native()).into();
            sum.entry([floats(x.to_native(), 0.0)]);
        });
        sum.total()
    }
}

fn draw_vector(rng: &mut Lcg64Xsh32) -> Vector3 {
    let [x, y, z] = rng.r#gen();
    Vector3 { x, y, z }
}
