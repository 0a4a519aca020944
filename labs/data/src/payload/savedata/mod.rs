//! `savedata`: players of a block-building game as its server keeps them: many small fields, optional parts, entities within players.
//!
//! Shape, counts and draws are those of the public benchmark's `minecraft_savedata` (README of 2026-08-21), so that figures can be
//! set beside its table; the code is our own.

mod draw;
mod fields;

pub(crate) use fields::{SavedEntity, SavedItem, SavedPlayer, read_players};

use super::{Dataset, Readable, Text, Update};
use crate::checksum::{Checksum, signed};
use protocol::{Read, Seed};
use rkyv::munge::munge;
use rkyv::seal::Seal;

/// A saved game. `S` is `String`, or [`Text`] where the players borrow.
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
pub struct Saves<S> {
    /// In the order they were drawn.
    pub players: Vec<Player<S>>,
}

/// One player.
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
pub struct Player<S> {
    /// The present rules of play.
    pub game_type: GameType,
    /// The rules before.
    pub previous_game_type: GameType,
    /// Points.
    pub score: i64,
    /// Where the player is.
    pub dimension: S,
    /// Place of the item in hand.
    pub selected_item_slot: u32,
    /// The item in hand.
    pub selected_item: Item<S>,
    /// Where the player starts again; none for the usual place.
    pub spawn_dimension: Option<S>,
    /// East of the origin.
    pub spawn_x: i64,
    /// Above the origin.
    pub spawn_y: i64,
    /// South of the origin.
    pub spawn_z: i64,
    /// Whether the place holds without a bed.
    pub spawn_forced: Option<bool>,
    /// Ticks in bed.
    pub sleep_timer: u16,
    /// How tired.
    pub food_exhaustion_level: f32,
    /// How sated.
    pub food_saturation_level: f32,
    /// Ticks to the next meal.
    pub food_tick_timer: u32,
    /// Levels reached.
    pub xp_level: u32,
    /// Part of the next level.
    pub xp_p: f32,
    /// Experience in all.
    pub xp_total: i32,
    /// Seed of the next enchantment.
    pub xp_seed: i32,
    /// What the player carries: up to 39 items.
    pub inventory: Vec<Item<S>>,
    /// What lies in the player's chest: up to 26 items.
    pub ender_items: Vec<Item<S>>,
    /// What the player may do.
    pub abilities: Abilities,
    /// Where the player went below.
    pub entered_nether_position: Option<(f64, f64, f64)>,
    /// What the player rides: its id, and itself.
    pub root_vehicle: Option<([u32; 4], Entity<S>)>,
    /// Who sits on the left shoulder.
    pub shoulder_entity_left: Option<Entity<S>>,
    /// Who sits on the right shoulder.
    pub shoulder_entity_right: Option<Entity<S>>,
    /// Whether the end was seen.
    pub seen_credits: bool,
    /// What the player can make.
    pub recipe_book: RecipeBook<S>,
}

/// The rules of play.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    rkyv::Archive,
    rkyv::Serialize,
    rkyv::Deserialize,
    bitcode::Encode,
    bitcode::Decode,
)]
#[rkyv(derive(Clone, Copy))]
pub enum GameType {
    /// With hunger and harm.
    Survival,
    /// With everything at hand.
    Creative,
    /// With others' worlds left whole.
    Adventure,
    /// As an onlooker.
    Spectator,
}

/// Some of a kind.
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
pub struct Item<S> {
    /// How many.
    pub count: i8,
    /// Where it lies.
    pub slot: u8,
    /// What it is.
    pub id: S,
}

/// What a player may do.
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
#[allow(clippy::struct_excessive_bools, reason = "the public data set's shape")]
pub struct Abilities {
    /// On foot.
    pub walk_speed: f32,
    /// In the air.
    pub fly_speed: f32,
    /// Whether flying is allowed.
    pub may_fly: bool,
    /// Whether in the air.
    pub flying: bool,
    /// Whether unharmed by anything.
    pub invulnerable: bool,
    /// Whether blocks may be placed.
    pub may_build: bool,
    /// Whether blocks break at once.
    pub instabuild: bool,
}

/// A creature.
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
#[allow(clippy::struct_excessive_bools, reason = "the public data set's shape")]
pub struct Entity<S> {
    /// What it is.
    pub id: S,
    /// Where it is.
    pub pos: (f64, f64, f64),
    /// Where it goes.
    pub motion: (f64, f64, f64),
    /// Where it looks.
    pub rotation: (f32, f32),
    /// How far it has fallen.
    pub fall_distance: f32,
    /// Ticks until it stops burning.
    pub fire: u16,
    /// Ticks of breath.
    pub air: u16,
    /// Whether it stands.
    pub on_ground: bool,
    /// Whether it cannot fall.
    pub no_gravity: bool,
    /// Whether it cannot be harmed.
    pub invulnerable: bool,
    /// Ticks until it may pass a gate.
    pub portal_cooldown: i32,
    /// Its id.
    pub uuid: [u32; 4],
    /// What somebody named it.
    pub custom_name: Option<S>,
    /// Whether the name is shown.
    pub custom_name_visible: bool,
    /// Whether it makes no sound.
    pub silent: bool,
    /// Whether it has an outline.
    pub glowing: bool,
}

/// What a player can make, and how the book is shown.
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
#[allow(clippy::struct_excessive_bools, reason = "the public data set's shape")]
pub struct RecipeBook<S> {
    /// Known: up to 29.
    pub recipes: Vec<S>,
    /// New: up to 9.
    pub to_be_displayed: Vec<S>,
    /// A filter.
    pub is_filtering_craftable: bool,
    /// A window.
    pub is_gui_open: bool,
    /// A filter.
    pub is_furnace_filtering_craftable: bool,
    /// A window.
    pub is_furnace_gui_open: bool,
    /// A filter.
    pub is_blasting_furnace_filtering_craftable: bool,
    /// A window.
    pub is_blasting_furnace_gui_open: bool,
    /// A filter.
    pub is_smoker_filtering_craftable: bool,
    /// A window.
    pub is_smoker_gui_open: bool,
}

impl<S: AsRef<str>> Readable for Saves<S> {
    fn read(&self, read: Read) -> u64 {
        read_players(self.players.iter(), read)
    }
}

impl Readable for ArchivedSaves<String> {
    fn read(&self, read: Read) -> u64 {
        read_players(self.players.iter(), read)
    }
}

impl Update for Saves<String> {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for player in &mut self.players {
            player.score = !player.score;
            sum.entry([signed(player.score)]);
        }
        sum.total()
    }
}

impl Dataset for Saves<String> {
    type Borrowed<'a> = Saves<Text<'a>>;
    type Message = crate::contender::prost::Saves;
    type Root<'a> = crate::contender::flatbuffers::Saves<'a>;
    type Row = crate::contender::zerocopy::NoRow;

    fn generate(seed: Seed, entries: u32) -> Self {
        draw::saves(seed, entries)
    }

    fn update_archive(archive: Seal<'_, ArchivedSaves<String>>) -> u64 {
        let mut sum = Checksum::default();
        munge!(let ArchivedSaves { players } = archive);
        super::each_sealed(players, |player| {
            munge!(let ArchivedPlayer { score, .. } = player);
            let score = score.unseal();
            *score = (!score.to_native()).into();
            sum.entry([signed(score.to_native())]);
        });
        sum.total()
    }
}
