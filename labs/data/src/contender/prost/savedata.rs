//! A saved game as messages.

mod convert;

use crate::checksum::{Checksum, signed};
use crate::payload::{self, Readable, SavedEntity, SavedItem, SavedPlayer, Update, read_players};
use protocol::Read;

/// [`payload::Saves`]
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Saves {
    /// The players.
    #[prost(message, repeated, tag = "1")]
    pub players: Vec<Player>,
}

/// [`payload::Player`]
#[derive(Clone, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "the fields are described at the payload")]
pub struct Player {
    #[prost(uint32, tag = "1")]
    pub game_type: u32,
    #[prost(uint32, tag = "2")]
    pub previous_game_type: u32,
    #[prost(int64, tag = "3")]
    pub score: i64,
    #[prost(string, tag = "4")]
    pub dimension: String,
    #[prost(uint32, tag = "5")]
    pub selected_item_slot: u32,
    #[prost(message, optional, tag = "6")]
    pub selected_item: Option<Item>,
    #[prost(string, optional, tag = "7")]
    pub spawn_dimension: Option<String>,
    #[prost(int64, tag = "8")]
    pub spawn_x: i64,
    #[prost(int64, tag = "9")]
    pub spawn_y: i64,
    #[prost(int64, tag = "10")]
    pub spawn_z: i64,
    #[prost(bool, optional, tag = "11")]
    pub spawn_forced: Option<bool>,
    #[prost(uint32, tag = "12")]
    pub sleep_timer: u32,
    #[prost(float, tag = "13")]
    pub food_exhaustion_level: f32,
    #[prost(float, tag = "14")]
    pub food_saturation_level: f32,
    #[prost(uint32, tag = "15")]
    pub food_tick_timer: u32,
    #[prost(uint32, tag = "16")]
    pub xp_level: u32,
    #[prost(float, tag = "17")]
    pub xp_p: f32,
    #[prost(int32, tag = "18")]
    pub xp_total: i32,
    #[prost(int32, tag = "19")]
    pub xp_seed: i32,
    #[prost(message, repeated, tag = "20")]
    pub inventory: Vec<Item>,
    #[prost(message, repeated, tag = "21")]
    pub ender_items: Vec<Item>,
    #[prost(message, optional, tag = "22")]
    pub abilities: Option<Abilities>,
    #[prost(message, optional, tag = "23")]
    pub entered_nether_position: Option<Point>,
    #[prost(message, optional, tag = "24")]
    pub root_vehicle: Option<Vehicle>,
    #[prost(message, optional, tag = "25")]
    pub shoulder_entity_left: Option<Entity>,
    #[prost(message, optional, tag = "26")]
    pub shoulder_entity_right: Option<Entity>,
    #[prost(bool, tag = "27")]
    pub seen_credits: bool,
    #[prost(message, optional, tag = "28")]
    pub recipe_book: Option<RecipeBook>,
}

/// [`payload::Item`]
#[derive(Clone, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "the fields are described at the payload")]
pub struct Item {
    #[prost(int32, tag = "1")]
    pub count: i32,
    #[prost(uint32, tag = "2")]
    pub slot: u32,
    #[prost(string, tag = "3")]
    pub id: String,
}

/// [`payload::Abilities`]
#[derive(Clone, Copy, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "the fields are described at the payload")]
#[allow(clippy::struct_excessive_bools, reason = "the public data set's shape")]
pub struct Abilities {
    #[prost(float, tag = "1")]
    pub walk_speed: f32,
    #[prost(float, tag = "2")]
    pub fly_speed: f32,
    #[prost(bool, tag = "3")]
    pub may_fly: bool,
    #[prost(bool, tag = "4")]
    pub flying: bool,
    #[prost(bool, tag = "5")]
    pub invulnerable: bool,
    #[prost(bool, tag = "6")]
    pub may_build: bool,
    #[prost(bool, tag = "7")]
    pub instabuild: bool,
}

/// [`payload::Entity`]
#[derive(Clone, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "the fields are described at the payload")]
#[allow(clippy::struct_excessive_bools, reason = "the public data set's shape")]
pub struct Entity {
    #[prost(string, tag = "1")]
    pub id: String,
    #[prost(message, optional, tag = "2")]
    pub pos: Option<Point>,
    #[prost(message, optional, tag = "3")]
    pub motion: Option<Point>,
    #[prost(float, tag = "4")]
    pub rotation_x: f32,
    #[prost(float, tag = "5")]
    pub rotation_y: f32,
    #[prost(float, tag = "6")]
    pub fall_distance: f32,
    #[prost(uint32, tag = "7")]
    pub fire: u32,
    #[prost(uint32, tag = "8")]
    pub air: u32,
    #[prost(bool, tag = "9")]
    pub on_ground: bool,
    #[prost(bool, tag = "10")]
    pub no_gravity: bool,
    #[prost(bool, tag = "11")]
    pub invulnerable: bool,
    #[prost(int32, tag = "12")]
    pub portal_cooldown: i32,
    #[prost(message, optional, tag = "13")]
    pub uuid: Option<Uuid>,
    #[prost(string, optional, tag = "14")]
    pub custom_name: Option<String>,
    #[prost(bool, tag = "15")]
    pub custom_name_visible: bool,
    #[prost(bool, tag = "16")]
    pub silent: bool,
    #[prost(bool, tag = "17")]
    pub glowing: bool,
}

/// [`payload::RecipeBook`]
#[derive(Clone, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "the fields are described at the payload")]
#[allow(clippy::struct_excessive_bools, reason = "the public data set's shape")]
pub struct RecipeBook {
    #[prost(string, repeated, tag = "1")]
    pub recipes: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    pub to_be_displayed: Vec<String>,
    #[prost(bool, tag = "3")]
    pub is_filtering_craftable: bool,
    #[prost(bool, tag = "4")]
    pub is_gui_open: bool,
    #[prost(bool, tag = "5")]
    pub is_furnace_filtering_craftable: bool,
    #[prost(bool, tag = "6")]
    pub is_furnace_gui_open: bool,
    #[prost(bool, tag = "7")]
    pub is_blasting_furnace_filtering_craftable: bool,
    #[prost(bool, tag = "8")]
    pub is_blasting_furnace_gui_open: bool,
    #[prost(bool, tag = "9")]
    pub is_smoker_filtering_craftable: bool,
    #[prost(bool, tag = "10")]
    pub is_smoker_gui_open: bool,
}

/// A place or a motion.
#[derive(Clone, Copy, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "a vector's parts")]
pub struct Point {
    #[prost(double, tag = "1")]
    pub x: f64,
    #[prost(double, tag = "2")]
    pub y: f64,
    #[prost(double, tag = "3")]
    pub z: f64,
}

/// An id in four parts.
#[derive(Clone, Copy, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "the id's parts")]
pub struct Uuid {
    #[prost(fixed32, tag = "1")]
    pub a: u32,
    #[prost(fixed32, tag = "2")]
    pub b: u32,
    #[prost(fixed32, tag = "3")]
    pub c: u32,
    #[prost(fixed32, tag = "4")]
    pub d: u32,
}

/// What a player rides: its id, and itself.
#[derive(Clone, PartialEq, ::prost::Message)]
#[allow(missing_docs, reason = "a pair")]
pub struct Vehicle {
    #[prost(message, optional, tag = "1")]
    pub uuid: Option<Uuid>,
    #[prost(message, optional, tag = "2")]
    pub entity: Option<Entity>,
}

impl From<&payload::Saves<String>> for Saves {
    fn from(saves: &payload::Saves<String>) -> Self {
        Self { players: saves.players.iter().map(convert::player).collect() }
    }
}

impl SavedItem for &Item {
    fn numbers(&self) -> [u64; 2] {
        [signed(self.count.into()), self.slot.into()]
    }
    fn id(&self) -> &str {
        &self.id
    }
}

impl SavedEntity for &Entity {
    fn id(&self) -> &str {
        &self.id
    }
    fn custom_name(&self) -> Option<&str> {
        self.custom_name.as_deref()
    }
    fn vectors(&self) -> [f64; 6] {
        let [pos, motion] = [self.pos, self.motion].map(|point| numbers(point.unwrap_or_default()));
        [pos[0], pos[1], pos[2], motion[0], motion[1], motion[2]]
    }
    fn floats(&self) -> [f32; 3] {
        [self.rotation_x, self.rotation_y, self.fall_distance]
    }
    fn numbers(&self) -> [u64; 3] {
        [self.fire.into(), self.air.into(), signed(self.portal_cooldown.into())]
    }
    fn flags(&self) -> [bool; 6] {
        [self.on_ground, self.no_gravity, self.invulnerable, self.custom_name_visible, self.silent, self.glowing]
    }
    fn uuid(&self) -> [u32; 4] {
        parts(self.uuid)
    }
}

fn numbers(point: Point) -> [f64; 3] {
    [point.x, point.y, point.z]
}

fn parts(uuid: Option<Uuid>) -> [u32; 4] {
    let Uuid { a, b, c, d } = uuid.unwrap_or_default();
    [a, b, c, d]
}

/// Parts that were left out are as Protocol Buffers have it: zeros and empty texts.
impl SavedPlayer for &Player {
    fn score(&self) -> i64 {
        self.score
    }
    fn dimension(&self) -> &str {
        &self.dimension
    }
    fn spawn_dimension(&self) -> Option<&str> {
        self.spawn_dimension.as_deref()
    }
    fn numbers(&self) -> [u64; 11] {
        let [x, y, z] = [self.spawn_x, self.spawn_y, self.spawn_z].map(signed);
        let [total, seed] = [self.xp_total, self.xp_seed].map(|number| signed(number.into()));
        let [now, before, slot] = [self.game_type, self.previous_game_type, self.selected_item_slot].map(u64::from);
        let [sleep, food, level] = [self.sleep_timer, self.food_tick_timer, self.xp_level].map(u64::from);
        [now, before, slot, x, y, z, sleep, food, level, total, seed]
    }
    fn spawn_forced(&self) -> Option<bool> {
        self.spawn_forced
    }
    fn floats(&self) -> [f32; 5] {
        let Abilities { walk_speed, fly_speed, .. } = self.abilities.unwrap_or_default();
        [self.food_exhaustion_level, self.food_saturation_level, self.xp_p, walk_speed, fly_speed]
    }
    fn flags(&self) -> [bool; 6] {
        let may = self.abilities.unwrap_or_default();
        [may.may_fly, may.flying, may.invulnerable, may.may_build, may.instabuild, self.seen_credits]
    }
    fn selected_item(&self) -> Option<impl SavedItem> {
        self.selected_item.as_ref()
    }
    fn inventory(&self) -> impl Iterator<Item = impl SavedItem> {
        self.inventory.iter()
    }
    fn ender_items(&self) -> impl Iterator<Item = impl SavedItem> {
        self.ender_items.iter()
    }
    fn nether_position(&self) -> Option<[f64; 3]> {
        self.entered_nether_position.map(numbers)
    }
    fn vehicle(&self) -> Option<([u32; 4], impl SavedEntity)> {
        let vehicle = self.root_vehicle.as_ref()?;
        Some((parts(vehicle.uuid), vehicle.entity.as_ref()?))
    }
    fn left(&self) -> Option<impl SavedEntity> {
        self.shoulder_entity_left.as_ref()
    }
    fn right(&self) -> Option<impl SavedEntity> {
        self.shoulder_entity_right.as_ref()
    }
    fn recipes(&self) -> impl Iterator<Item = &str> {
        self.recipe_book.iter().flat_map(|book| &book.recipes).map(AsRef::as_ref)
    }
    fn displayed(&self) -> impl Iterator<Item = &str> {
        self.recipe_book.iter().flat_map(|book| &book.to_be_displayed).map(AsRef::as_ref)
    }
    fn book_flags(&self) -> [bool; 8] {
        let Some(book) = &self.recipe_book else { return [false; 8] };
        let (crafting, furnace) = (book.is_filtering_craftable, book.is_furnace_filtering_craftable);
        let (blasting, smoker) = (book.is_blasting_furnace_filtering_craftable, book.is_smoker_filtering_craftable);
        let [a, b] = [book.is_gui_open, book.is_furnace_gui_open];
        let [c, d] = [book.is_blasting_furnace_gui_open, book.is_smoker_gui_open];
        [crafting, a, furnace, b, blasting, c, smoker, d]
    }
}

impl Readable for Saves {
    fn read(&self, read: Read) -> u64 {
        read_players(self.players.iter(), read)
    }
}

impl Update for Saves {
    fn update(&mut self) -> u64 {
        let mut sum = Checksum::default();
        for player in &mut self.players {
            player.score = !player.score;
            sum.entry([signed(player.score)]);
        }
        sum.total()
    }
}
