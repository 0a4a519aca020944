//! A saved game as tables; points and ids are structs of a fixed size within them, flags one bit each in a number.

mod build;

use super::layout::split;
use crate::checksum::signed;
use crate::payload::{Readable, SavedEntity, SavedItem, SavedPlayer, read_players};
use flatbuffers::{ForwardsUOffset, Vector};
use protocol::Read;

table! {
    /// [`crate::payload::Saves`]
    Saves, NewSaves {
        numbers {}
        required { players: Vector<'a, ForwardsUOffset<Player<'a>>> = 4 }
        optional {}
    }
}

table! {
    /// [`crate::payload::Player`]
    Player, NewPlayer {
        numbers {
            points: i64 = 4, spawn_x: i64 = 6, spawn_y: i64 = 8, spawn_z: i64 = 10, slot: u32 = 12, food_timer: u32 = 14,
            level: u32 = 16, total: i32 = 18, seed: i32 = 20, exhaustion: f32 = 22, saturation: f32 = 24, part: f32 = 26,
            walk: f32 = 28, fly: f32 = 30, sleep_timer: u16 = 32, game_type: u8 = 34, previous: u8 = 36, may: u8 = 38, book: u8 = 40
        }
        required {
            place: &'a str = 42, items: Vector<'a, ForwardsUOffset<Item<'a>>> = 44, chest: Vector<'a, ForwardsUOffset<Item<'a>>> = 46,
            known: Vector<'a, ForwardsUOffset<&'a str>> = 48, fresh: Vector<'a, ForwardsUOffset<&'a str>> = 50, in_hand: Item<'a> = 52
        }
        optional {
            forced: bool = 54, nether: Point = 56, vehicle_id: Uuid = 58, spawn: ForwardsUOffset<&'a str> = 60,
            ridden: ForwardsUOffset<Entity<'a>> = 62, left_one: ForwardsUOffset<Entity<'a>> = 64,
            right_one: ForwardsUOffset<Entity<'a>> = 66
        }
    }
}

table! {
    /// [`crate::payload::Item`]
    Item, NewItem {
        numbers { count: i8 = 4, slot: u8 = 6 }
        required { kind: &'a str = 8 }
        optional {}
    }
}

table! {
    /// [`crate::payload::Entity`]
    Entity, NewEntity {
        numbers {
            cooldown: i32 = 4, yaw: f32 = 6, pitch: f32 = 8, fall: f32 = 10, fire: u16 = 12, air: u16 = 14, bits: u8 = 16
        }
        required { kind: &'a str = 18 }
        optional {
            pos: Point = 20, motion: Point = 22, id: Uuid = 24, name: ForwardsUOffset<&'a str> = 26
        }
    }
}

fixed! {
    /// Three 64-bit floats.
    Point, 24, 8
}

fixed! {
    /// An id in four parts.
    Uuid, 16, 4
}

impl Point {
    fn numbers(&self) -> [f64; 3] {
        split(&self.0).map(f64::from_le_bytes)
    }
}

impl Uuid {
    fn parts(&self) -> [u32; 4] {
        split(&self.0).map(u32::from_le_bytes)
    }
}

/// The flags in a number, the lowest first.
fn flags<const N: usize>(bits: u8) -> [bool; N] {
    std::array::from_fn(|place| bits >> place & 1 == 1)
}

impl SavedItem for Item<'_> {
    fn numbers(&self) -> [u64; 2] {
        [signed(self.count().into()), self.slot().into()]
    }
    fn id(&self) -> &str {
        self.kind()
    }
}

impl SavedEntity for Entity<'_> {
    fn id(&self) -> &str {
        self.kind()
    }
    fn custom_name(&self) -> Option<&str> {
        self.name()
    }
    fn vectors(&self) -> [f64; 6] {
        let [pos, motion] = [self.pos(), self.motion()].map(|point| point.map_or([0.0; 3], Point::numbers));
        [pos[0], pos[1], pos[2], motion[0], motion[1], motion[2]]
    }
    fn floats(&self) -> [f32; 3] {
        [self.yaw(), self.pitch(), self.fall()]
    }
    fn numbers(&self) -> [u64; 3] {
        [self.fire().into(), self.air().into(), signed(self.cooldown().into())]
    }
    fn flags(&self) -> [bool; 6] {
        flags(self.bits())
    }
    fn uuid(&self) -> [u32; 4] {
        self.id().map_or([0; 4], Uuid::parts)
    }
}

impl SavedPlayer for Player<'_> {
    fn score(&self) -> i64 {
        self.points()
    }
    fn dimension(&self) -> &str {
        self.place()
    }
    fn spawn_dimension(&self) -> Option<&str> {
        self.spawn()
    }
    fn numbers(&self) -> [u64; 11] {
        let [x, y, z] = [self.spawn_x(), self.spawn_y(), self.spawn_z()].map(signed);
        let [total, seed] = [self.total(), self.seed()].map(|number| signed(number.into()));
        let (now, before, sleep) = (self.game_type().into(), self.previous().into(), self.sleep_timer().into());
        let [slot, food, level] = [self.slot(), self.food_timer(), self.level()].map(u64::from);
        [now, before, slot, x, y, z, sleep, food, level, total, seed]
    }
    fn spawn_forced(&self) -> Option<bool> {
        self.forced()
    }
    fn floats(&self) -> [f32; 5] {
        [self.exhaustion(), self.saturation(), self.part(), self.walk(), self.fly()]
    }
    fn flags(&self) -> [bool; 6] {
        flags(self.may())
    }
    fn selected_item(&self) -> Option<impl SavedItem> {
        Some(self.in_hand())
    }
    fn inventory(&self) -> impl Iterator<Item = impl SavedItem> {
        self.items().iter()
    }
    fn ender_items(&self) -> impl Iterator<Item = impl SavedItem> {
        self.chest().iter()
    }
    fn nether_position(&self) -> Option<[f64; 3]> {
        self.nether().map(Point::numbers)
    }
    fn vehicle(&self) -> Option<([u32; 4], impl SavedEntity)> {
        Some((self.vehicle_id().map_or([0; 4], Uuid::parts), self.ridden()?))
    }
    fn left(&self) -> Option<impl SavedEntity> {
        self.left_one()
    }
    fn right(&self) -> Option<impl SavedEntity> {
        self.right_one()
    }
    fn recipes(&self) -> impl Iterator<Item = &str> {
        self.known().iter()
    }
    fn displayed(&self) -> impl Iterator<Item = &str> {
        self.fresh().iter()
    }
    fn book_flags(&self) -> [bool; 8] {
        flags(self.book())
    }
}

impl Readable for Saves<'_> {
    fn read(&self, read: Read) -> u64 {
        read_players(self.players().iter(), read)
    }
}
