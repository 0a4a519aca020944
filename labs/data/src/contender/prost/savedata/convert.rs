//! From a saved game's structs to its messages.

use super::{Abilities, Entity, Item, Player, Point, RecipeBook, Uuid, Vehicle};
use crate::payload;

pub(super) fn player(of: &payload::Player<String>) -> Player {
    Player {
        game_type: of.game_type as u32,
        previous_game_type: of.previous_game_type as u32,
        dimension: of.dimension.clone(),
        selected_item: Some(item(&of.selected_item)),
        spawn_dimension: of.spawn_dimension.clone(),
        sleep_timer: of.sleep_timer.into(),
        inventory: of.inventory.iter().map(item).collect(),
        ender_items: of.ender_items.iter().map(item).collect(),
        abilities: Some(abilities(of.abilities)),
        entered_nether_position: of.entered_nether_position.map(point),
        root_vehicle: of.root_vehicle.as_ref().map(|(id, of)| Vehicle { uuid: Some(uuid(*id)), entity: Some(entity(of)) }),
        shoulder_entity_left: of.shoulder_entity_left.as_ref().map(entity),
        shoulder_entity_right: of.shoulder_entity_right.as_ref().map(entity),
        recipe_book: Some(recipe_book(&of.recipe_book)),
        score: of.score,
        selected_item_slot: of.selected_item_slot,
        spawn_x: of.spawn_x,
        spawn_y: of.spawn_y,
        spawn_z: of.spawn_z,
        spawn_forced: of.spawn_forced,
        food_exhaustion_level: of.food_exhaustion_level,
        food_saturation_level: of.food_saturation_level,
        food_tick_timer: of.food_tick_timer,
        xp_level: of.xp_level,
        xp_p: of.xp_p,
        xp_total: of.xp_total,
        xp_seed: of.xp_seed,
        seen_credits: of.seen_credits,
    }
}

fn item(of: &payload::Item<String>) -> Item {
    Item { count: of.count.into(), slot: of.slot.into(), id: of.id.clone() }
}

fn abilities(of: payload::Abilities) -> Abilities {
    Abilities {
        walk_speed: of.walk_speed,
        fly_speed: of.fly_speed,
        may_fly: of.may_fly,
        flying: of.flying,
        invulnerable: of.invulnerable,
        may_build: of.may_build,
        instabuild: of.instabuild,
    }
}

fn entity(of: &payload::Entity<String>) -> Entity {
    Entity {
        id: of.id.clone(),
        pos: Some(point(of.pos)),
        motion: Some(point(of.motion)),
        rotation_x: of.rotation.0,
        rotation_y: of.rotation.1,
        fire: of.fire.into(),
        air: of.air.into(),
        uuid: Some(uuid(of.uuid)),
        custom_name: of.custom_name.clone(),
        fall_distance: of.fall_distance,
        on_ground: of.on_ground,
        no_gravity: of.no_gravity,
        invulnerable: of.invulnerable,
        portal_cooldown: of.portal_cooldown,
        custom_name_visible: of.custom_name_visible,
        silent: of.silent,
        glowing: of.glowing,
    }
}

fn recipe_book(of: &payload::RecipeBook<String>) -> RecipeBook {
    RecipeBook {
        recipes: of.recipes.clone(),
        to_be_displayed: of.to_be_displayed.clone(),
        is_filtering_craftable: of.is_filtering_craftable,
        is_gui_open: of.is_gui_open,
        is_furnace_filtering_craftable: of.is_furnace_filtering_craftable,
        is_furnace_gui_open: of.is_furnace_gui_open,
        is_blasting_furnace_filtering_craftable: of.is_blasting_furnace_filtering_craftable,
        is_blasting_furnace_gui_open: of.is_blasting_furnace_gui_open,
        is_smoker_filtering_craftable: of.is_smoker_filtering_craftable,
        is_smoker_gui_open: of.is_smoker_gui_open,
    }
}

fn point((x, y, z): (f64, f64, f64)) -> Point {
    Point { x, y, z }
}

fn uuid([a, b, c, d]: [u32; 4]) -> Uuid {
    Uuid { a, b, c, d }
}
