//! Triangles as structs of 48 bytes, in one list.

use super::Root;
use super::layout::{joined, split};
use crate::payload::{self, Facet, Readable, read_triangles};
use flatbuffers::{FlatBufferBuilder, Vector, WIPOffset};
use protocol::Read;
use std::marker::PhantomData;

table! {
    /// [`payload::Mesh`]
    Mesh, NewMesh {
        numbers {}
        required { triangles: Vector<'a, Triangle> = 4 }
        optional {}
    }
}

fixed! {
    /// [`payload::Triangle`]
    Triangle, 48, 4
}

impl<'a> Root<'a, payload::Mesh> for Mesh<'a> {
    fn build(value: &payload::Mesh, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self> {
        let triangle = |of: &payload::Triangle| {
            let vectors = [of.v0, of.v1, of.v2, of.normal].map(|vector| [vector.x, vector.y, vector.z].map(f32::to_le_bytes));
            let mut numbers = [[0; 4]; 12];
            numbers.copy_from_slice(vectors.as_flattened());
            Triangle(joined(numbers))
        };
        let triangles = builder.create_vector_from_iter(value.triangles.iter().map(triangle));
        NewMesh { triangles, of: PhantomData }.finish(builder)
    }
}

impl Facet for &Triangle {
    fn corners(&self) -> [[f32; 3]; 3] {
        let numbers = split::<4, 9>(&self.0).map(f32::from_le_bytes);
        let (corners, _) = numbers.as_chunks::<3>();
        [corners[0], corners[1], corners[2]]
    }
    fn normal(&self) -> [f32; 3] {
        split::<4, 3>(&self.0[36..]).map(f32::from_le_bytes)
    }
}

impl Readable for Mesh<'_> {
    fn read(&self, read: Read) -> u64 {
        read_triangles(self.triangles().iter(), read)
    }
}
