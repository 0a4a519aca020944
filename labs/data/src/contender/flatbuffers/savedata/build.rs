//! How a saved game is written: innermost parts first.

use super::{Entity, Item, NewEntity, NewItem, NewPlayer, NewSaves, Player, Point, Saves, Uuid};
use crate::contender::flatbuffers::{Root, layout::joined};
use crate::payload::{self, SavedEntity, SavedPlayer};
use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, WIPOffset};
use std::marker::PhantomData;

impl<'a> Root<'a, payload::Saves<String>> for Saves<'a> {
    fn build(value: &payload::Saves<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Self> {
        let players: Vec<_> = value.players.iter().map(|of| player(of, builder)).collect();
        let players = builder.create_vector(&players);
        NewSaves { players, of: PhantomData }.finish(builder)
    }
}

fn player<'a>(of: &payload::Player<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Player<'a>> {
    let new = NewPlayer {
        points: of.score,
        spawn_x: of.spawn_x,
        spawn_y: of.spawn_y,
        spawn_z: of.spawn_z,
        slot: of.selected_item_slot,
        food_timer: of.food_tick_timer,
        level: of.xp_level,
        total: of.xp_total,
        seed: of.xp_seed,
        exhaustion: of.food_exhaustion_level,
        saturation: of.food_saturation_level,
        part: of.xp_p,
        walk: of.abilities.walk_speed,
        fly: of.abilities.fly_speed,
        sleep_timer: of.sleep_timer,
        game_type: of.game_type as u8,
        previous: of.previous_game_type as u8,
        may: bits(SavedPlayer::flags(&of)),
        book: bits(SavedPlayer::book_flags(&of)),
        place: builder.create_string(&of.dimension),
        items: items(&of.inventory, builder),
        chest: items(&of.ender_items, builder),
        known: texts(&of.recipe_book.recipes, builder),
        fresh: texts(&of.recipe_book.to_be_displayed, builder),
        in_hand: item(&of.selected_item, builder),
        forced: of.spawn_forced,
        nether: of.entered_nether_position.map(point),
        vehicle_id: of.root_vehicle.as_ref().map(|(id, _)| uuid(*id)),
        spawn: of.spawn_dimension.as_ref().map(|text| builder.create_string(text)),
        ridden: of.root_vehicle.as_ref().map(|(_, of)| entity(of, builder)),
        left_one: of.shoulder_entity_left.as_ref().map(|of| entity(of, builder)),
        right_one: of.shoulder_entity_right.as_ref().map(|of| entity(of, builder)),
        of: PhantomData,
    };
    new.finish(builder)
}

type Items<'a> = Vector<'a, ForwardsUOffset<Item<'a>>>;
type Texts<'a> = Vector<'a, ForwardsUOffset<&'a str>>;

fn items<'a>(of: &[payload::Item<String>], builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Items<'a>> {
    let items: Vec<_> = of.iter().map(|of| item(of, builder)).collect();
    builder.create_vector(&items)
}

fn item<'a>(of: &payload::Item<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Item<'a>> {
    let kind = builder.create_string(&of.id);
    NewItem { count: of.count, slot: of.slot, kind, of: PhantomData }.finish(builder)
}

fn texts<'a>(of: &[String], builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Texts<'a>> {
    let texts: Vec<_> = of.iter().map(|text| builder.create_string(text)).collect();
    builder.create_vector(&texts)
}

fn entity<'a>(of: &payload::Entity<String>, builder: &mut FlatBufferBuilder<'a>) -> WIPOffset<Entity<'a>> {
    let new = NewEntity {
        cooldown: of.portal_cooldown,
        yaw: of.rotation.0,
        pitch: of.rotation.1,
        fall: of.fall_distance,
        fire: of.fire,
        air: of.air,
        bits: bits(SavedEntity::flags(&of)),
        kind: builder.create_string(&of.id),
        pos: Some(point(of.pos)),
        motion: Some(point(of.motion)),
        id: Some(uuid(of.uuid)),
        name: of.custom_name.as_ref().map(|text| builder.create_string(text)),
        of: PhantomData,
    };
    new.finish(builder)
}

fn bits<const N: usize>(flags: [bool; N]) -> u8 {
    flags.into_iter().rev().fold(0, |bits, flag| bits << 1 | u8::from(flag))
}

fn point((x, y, z): (f64, f64, f64)) -> Point {
    Point(joined([x, y, z].map(f64::to_le_bytes)))
}

fn uuid(parts: [u32; 4]) -> Uuid {
    Uuid(joined(parts.map(u32::to_le_bytes)))
}
