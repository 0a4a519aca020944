//! Triangles as messages: each vector is a message of its own, with a length before it.

use crate::checksum::{Checksum, floats};
use crate::payload::{self, Facet, Readable, Update, read_triangles};
use protocol::Read;

/// [`payload::Mesh`]
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Mesh {
    /// The triangles.
    #[prost(message, repeated, tag = "1")]
    pub triangles: Vec<Triangle>,
}

/// [`payload::Triangle`]
#[derive(Clone, Copy, PartialEq, ::prost::Message)]
pub struct Triangle {
    /// First corner.
    #[prost(message, optional, tag = "1")]
    pub v0: Option<Vector3>,
    /// Second corner.
    #[prost(message, optional, tag = "2")]
    pub v1: Option<Vector3>,
    /// Third corner.
    #[prost(message, optional, tag = "3")]
    pub v2: Option<Vector3>,
    /// The normal.
    #[prost(message, optional, tag = "4")]
    pub normal: Option<Vector3>,
}

/// [`payload::Vector3`]
#[derive(Clone, Copy, PartialEq, ::prost::Message)]
pub struct Vector3 {
    /// 0 to 1.
    #[prost(float, tag = "1")]
    pub x: f32,
    /// 0 to 1.
    #[prost(float, tag = "2")]
    pub y: f32,
    /// 0 to 1.
    #[prost(float, tag = "3")]
    pub z: f32,
}

impl From<&payload::Mesh> for Mesh {
    fn from(mesh: &payload::Mesh) -> Self {
        let vector = |of: payload::Vector3| Some(Vector3 { x: of.x, y: of.y, z: of.z });
        let triangle = |of: &payload::Triangle| Triangle {
            v0: vector(of.v0),
            v1: vector(of.v1),
            v2: vector(of.v2),
            normal: vector(of.normal),
        };
        Self { triangles: mesh.triangles.iter().map(triangle).collect() }
    }
}

fn numbers(vector: Option<Vector3>) -> [f32; 3] {
    // A vector that was left out is one of zeros, as Protocol Buffers have it.
    let Vector3 { x, y, z } = vector.unwrap_or_default();
    [x, y, z]
}

impl Facet for &Triangle {
    fn corners(&self) -> [[f32; 3]; 3] {
        [self.v0, self.v1, self.v2].map(numbers)
    }
    fn normal(&self) -> [f32; 3] {
        numbers(self.normal)
    }
}

impl Readable for Mesh {
    fn read(&self, read: Read) -> u64 {
        read_triangles(self.triangles.iter(), read)
    }
}

impl Update for Mesh {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for triangle in &mut self.triangles {
            let normal = triangle.normal.get_or_insert_default();
            normal.x = -normal.x;
            sum.entry([floats(normal.x, 0.0)]);
        }
        sum.total()
    }
}
