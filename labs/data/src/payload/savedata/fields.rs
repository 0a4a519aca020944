//! A saved game's fields, whichever form they are in, and how a handler reads them.

use super::{ArchivedEntity, ArchivedItem, ArchivedPlayer, Entity, Item, Player};
use crate::checksum::{Checksum, floats, signed, text};
use crate::payload::middle;
use protocol::Read;
use rkyv::rend::u32_le;

/// An item's fields.
pub(crate) trait SavedItem {
    /// Count and slot.
    fn numbers(&self) -> [u64; 2];
    fn id(&self) -> &str;
}

/// An entity's fields.
pub(crate) trait SavedEntity {
    fn id(&self) -> &str;
    fn custom_name(&self) -> Option<&str>;
    /// Place, then motion.
    fn vectors(&self) -> [f64; 6];
    /// Rotation, then how far it fell.
    fn floats(&self) -> [f32; 3];
    /// Fire, air, portal cooldown.
    fn numbers(&self) -> [u64; 3];
    /// On ground, no gravity, invulnerable, name visible, silent, glowing.
    fn flags(&self) -> [bool; 6];
    fn uuid(&self) -> [u32; 4];
}

/// A player's fields.
pub(crate) trait SavedPlayer {
    fn score(&self) -> i64;
    fn dimension(&self) -> &str;
    fn spawn_dimension(&self) -> Option<&str>;
    /// Both game types, slot of the item in hand, spawn x, y, z, sleep timer, food timer, level, experience, seed.
    fn numbers(&self) -> [u64; 11];
    fn spawn_forced(&self) -> Option<bool>;
    /// Exhaustion, saturation, part of a level, speed on foot, speed in the air.
    fn floats(&self) -> [f32; 5];
    /// Abilities, then whether the credits were seen.
    fn flags(&self) -> [bool; 6];
    fn selected_item(&self) -> Option<impl SavedItem>;
    fn inventory(&self) -> impl Iterator<Item = impl SavedItem>;
    fn ender_items(&self) -> impl Iterator<Item = impl SavedItem>;
    fn nether_position(&self) -> Option<[f64; 3]>;
    fn vehicle(&self) -> Option<([u32; 4], impl SavedEntity)>;
    fn left(&self) -> Option<impl SavedEntity>;
    fn right(&self) -> Option<impl SavedEntity>;
    fn recipes(&self) -> impl Iterator<Item = &str>;
    fn displayed(&self) -> impl Iterator<Item = &str>;
    fn book_flags(&self) -> [bool; 8];
}

/// One field is the middle player's score, one column every player's score.
pub(crate) fn read_players(players: impl ExactSizeIterator<Item = impl SavedPlayer>, read: Read) -> u64 {
    let mut sum = Checksum::default();
    match read {
        Read::Field => middle(players).into_iter().for_each(|player| sum.entry([signed(player.score())])),
        Read::Column => players.for_each(|player| sum.entry([signed(player.score())])),
        Read::Every => players.for_each(|player| read_player(&player, &mut sum)),
    }
    sum.total()
}

fn read_player(player: &impl SavedPlayer, sum: &mut Checksum) {
    sum.entry(player.numbers());
    let of = player.floats();
    let forced = player.spawn_forced().map_or(0, |forced| 1 + u64::from(forced));
    let spawn = player.spawn_dimension().map_or(1, text);
    sum.entry([signed(player.score()), text(player.dimension()), spawn, forced, bits(player.flags())]);
    sum.entry([floats(of[0], of[1]), floats(of[2], of[3]), floats(of[4], 0.0), bits(player.book_flags())]);
    player.selected_item().into_iter().for_each(|item| read_item(&item, sum));
    player.inventory().for_each(|item| read_item(&item, sum));
    // Tells an item that moved from one list to the other.
    sum.entry([1]);
    player.ender_items().for_each(|item| read_item(&item, sum));
    sum.entry(player.nether_position().map_or([0; 3], |point| point.map(f64::to_bits)));
    if let Some((id, vehicle)) = player.vehicle() {
        sum.entry(id.map(u64::from));
        read_entity(&vehicle, sum);
    }
    player.left().into_iter().for_each(|entity| read_entity(&entity, sum));
    sum.entry([2]);
    player.right().into_iter().for_each(|entity| read_entity(&entity, sum));
    player.recipes().for_each(|recipe| sum.entry([text(recipe)]));
    sum.entry([3]);
    player.displayed().for_each(|recipe| sum.entry([text(recipe)]));
}

fn read_item(item: &impl SavedItem, sum: &mut Checksum) {
    let [count, slot] = item.numbers();
    sum.entry([count, slot, text(item.id())]);
}

fn read_entity(entity: &impl SavedEntity, sum: &mut Checksum) {
    sum.entry([text(entity.id()), entity.custom_name().map_or(1, text), bits(entity.flags())]);
    sum.entry(entity.vectors().map(f64::to_bits));
    let ([a, b, c], [fire, air, cooldown]) = (entity.floats(), entity.numbers());
    sum.entry([floats(a, b), floats(c, 0.0), fire, air, cooldown]);
    sum.entry(entity.uuid().map(u64::from));
}

/// Flags as one number, the first lowest.
fn bits<const N: usize>(flags: [bool; N]) -> u64 {
    flags.into_iter().rev().fold(0, |bits, flag| bits << 1 | u64::from(flag))
}

impl<S: AsRef<str>> SavedItem for &Item<S> {
    fn numbers(&self) -> [u64; 2] {
        [signed(self.count.into()), self.slot.into()]
    }
    fn id(&self) -> &str {
        self.id.as_ref()
    }
}

impl SavedItem for &ArchivedItem<String> {
    fn numbers(&self) -> [u64; 2] {
        [signed(self.count.into()), self.slot.into()]
    }
    fn id(&self) -> &str {
        &self.id
    }
}

impl<S: AsRef<str>> SavedEntity for &Entity<S> {
    fn id(&self) -> &str {
        self.id.as_ref()
    }
    fn custom_name(&self) -> Option<&str> {
        self.custom_name.as_ref().map(AsRef::as_ref)
    }
    fn vectors(&self) -> [f64; 6] {
        let (pos, motion) = (self.pos, self.motion);
        [pos.0, pos.1, pos.2, motion.0, motion.1, motion.2]
    }
    fn floats(&self) -> [f32; 3] {
        [self.rotation.0, self.rotation.1, self.fall_distance]
    }
    fn numbers(&self) -> [u64; 3] {
        [self.fire.into(), self.air.into(), signed(self.portal_cooldown.into())]
    }
    fn flags(&self) -> [bool; 6] {
        [self.on_ground, self.no_gravity, self.invulnerable, self.custom_name_visible, self.silent, self.glowing]
    }
    fn uuid(&self) -> [u32; 4] {
        self.uuid
    }
}

impl SavedEntity for &ArchivedEntity<String> {
    fn id(&self) -> &str {
        &self.id
    }
    fn custom_name(&self) -> Option<&str> {
        self.custom_name.as_ref().map(AsRef::as_ref)
    }
    fn vectors(&self) -> [f64; 6] {
        let (pos, motion) = (&self.pos, &self.motion);
        [&pos.0, &pos.1, &pos.2, &motion.0, &motion.1, &motion.2].map(|number| number.to_native())
    }
    fn floats(&self) -> [f32; 3] {
        [self.rotation.0.to_native(), self.rotation.1.to_native(), self.fall_distance.to_native()]
    }
    fn numbers(&self) -> [u64; 3] {
        let cooldown = signed(self.portal_cooldown.to_native().into());
        [self.fire.to_native().into(), self.air.to_native().into(), cooldown]
    }
    fn flags(&self) -> [bool; 6] {
        [self.on_ground, self.no_gravity, self.invulnerable, self.custom_name_visible, self.silent, self.glowing]
    }
    fn uuid(&self) -> [u32; 4] {
        self.uuid.map(u32_le::to_native)
    }
}

impl<S: AsRef<str>> SavedPlayer for &Player<S> {
    fn score(&self) -> i64 {
        self.score
    }
    fn dimension(&self) -> &str {
        self.dimension.as_ref()
    }
    fn spawn_dimension(&self) -> Option<&str> {
        self.spawn_dimension.as_ref().map(AsRef::as_ref)
    }
    fn numbers(&self) -> [u64; 11] {
        let [x, y, z] = [self.spawn_x, self.spawn_y, self.spawn_z].map(signed);
        let [total, seed] = [self.xp_total, self.xp_seed].map(|number| signed(number.into()));
        let (now, before) = (self.game_type as u64, self.previous_game_type as u64);
        let [slot, food, level] = [self.selected_item_slot, self.food_tick_timer, self.xp_level].map(u64::from);
        [now, before, slot, x, y, z, self.sleep_timer.into(), food, level, total, seed]
    }
    fn spawn_forced(&self) -> Option<bool> {
        self.spawn_forced
    }
    fn floats(&self) -> [f32; 5] {
        let levels = [self.food_exhaustion_level, self.food_saturation_level, self.xp_p];
        [levels[0], levels[1], levels[2], self.abilities.walk_speed, self.abilities.fly_speed]
    }
    fn flags(&self) -> [bool; 6] {
        let may = &self.abilities;
        [may.may_fly, may.flying, may.invulnerable, may.may_build, may.instabuild, self.seen_credits]
    }
    fn selected_item(&self) -> Option<impl SavedItem> {
        Some(&self.selected_item)
    }
    fn inventory(&self) -> impl Iterator<Item = impl SavedItem> {
        self.inventory.iter()
    }
    fn ender_items(&self) -> impl Iterator<Item = impl SavedItem> {
        self.ender_items.iter()
    }
    fn nether_position(&self) -> Option<[f64; 3]> {
        self.entered_nether_position.as_ref().map(|at| [at.0, at.1, at.2])
    }
    fn vehicle(&self) -> Option<([u32; 4], impl SavedEntity)> {
        self.root_vehicle.as_ref().map(|vehicle| (vehicle.0, &vehicle.1))
    }
    fn left(&self) -> Option<impl SavedEntity> {
        self.shoulder_entity_left.as_ref()
    }
    fn right(&self) -> Option<impl SavedEntity> {
        self.shoulder_entity_right.as_ref()
    }
    fn recipes(&self) -> impl Iterator<Item = &str> {
        self.recipe_book.recipes.iter().map(AsRef::as_ref)
    }
    fn displayed(&self) -> impl Iterator<Item = &str> {
        self.recipe_book.to_be_displayed.iter().map(AsRef::as_ref)
    }
    fn book_flags(&self) -> [bool; 8] {
        let book = &self.recipe_book;
        let (crafting, furnace) = (book.is_filtering_craftable, book.is_furnace_filtering_craftable);
        let (blasting, smoker) = (book.is_blasting_furnace_filtering_craftable, book.is_smoker_filtering_craftable);
        let [a, b] = [book.is_gui_open, book.is_furnace_gui_open];
        let [c, d] = [book.is_blasting_furnace_gui_open, book.is_smoker_gui_open];
        [crafting, a, furnace, b, blasting, c, smoker, d]
    }
}

impl SavedPlayer for &ArchivedPlayer<String> {
    fn score(&self) -> i64 {
        self.score.to_native()
    }
    fn dimension(&self) -> &str {
        self.dimension.as_ref()
    }
    fn spawn_dimension(&self) -> Option<&str> {
        self.spawn_dimension.as_ref().map(AsRef::as_ref)
    }
    fn numbers(&self) -> [u64; 11] {
        let [x, y, z] = [self.spawn_x.to_native(), self.spawn_y.to_native(), self.spawn_z.to_native()].map(signed);
        let [total, seed] = [self.xp_total.to_native(), self.xp_seed.to_native()].map(|number| signed(number.into()));
        let (now, before) = (self.game_type as u64, self.previous_game_type as u64);
        let [slot, food, level] =
            [self.selected_item_slot.to_native(), self.food_tick_timer.to_native(), self.xp_level.to_native()].map(u64::from);
        [now, before, slot, x, y, z, self.sleep_timer.to_native().into(), food, level, total, seed]
    }
    fn spawn_forced(&self) -> Option<bool> {
        self.spawn_forced.as_ref().copied()
    }
    fn floats(&self) -> [f32; 5] {
        let levels = [self.food_exhaustion_level.to_native(), self.food_saturation_level.to_native(), self.xp_p.to_native()];
        [levels[0], levels[1], levels[2], self.abilities.walk_speed.to_native(), self.abilities.fly_speed.to_native()]
    }
    fn flags(&self) -> [bool; 6] {
        let may = &self.abilities;
        [may.may_fly, may.flying, may.invulnerable, may.may_build, may.instabuild, self.seen_credits]
    }
    fn selected_item(&self) -> Option<impl SavedItem> {
        Some(&self.selected_item)
    }
    fn inventory(&self) -> impl Iterator<Item = impl SavedItem> {
        self.inventory.iter()
    }
    fn ender_items(&self) -> impl Iterator<Item = impl SavedItem> {
        self.ender_items.iter()
    }
    fn nether_position(&self) -> Option<[f64; 3]> {
        self.entered_nether_position.as_ref().map(|at| [at.0.to_native(), at.1.to_native(), at.2.to_native()])
    }
    fn vehicle(&self) -> Option<([u32; 4], impl SavedEntity)> {
        self.root_vehicle.as_ref().map(|vehicle| (vehicle.0.map(u32_le::to_native), &vehicle.1))
    }
    fn left(&self) -> Option<impl SavedEntity> {
        self.shoulder_entity_left.as_ref()
    }
    fn right(&self) -> Option<impl SavedEntity> {
        self.shoulder_entity_right.as_ref()
    }
    fn recipes(&self) -> impl Iterator<Item = &str> {
        self.recipe_book.recipes.iter().map(AsRef::as_ref)
    }
    fn displayed(&self) -> impl Iterator<Item = &str> {
        self.recipe_book.to_be_displayed.iter().map(AsRef::as_ref)
    }
    fn book_flags(&self) -> [bool; 8] {
        let book = &self.recipe_book;
        let (crafting, furnace) = (book.is_filtering_craftable, book.is_furnace_filtering_craftable);
        let (blasting, smoker) = (book.is_blasting_furnace_filtering_craftable, book.is_smoker_filtering_craftable);
        let [a, b] = [book.is_gui_open, book.is_furnace_gui_open];
        let [c, d] = [book.is_blasting_furnace_gui_open, book.is_smoker_gui_open];
        [crafting, a, furnace, b, blasting, c, smoker, d]
    }
}
