//! How a saved game is drawn: field after field in the public benchmark's order, each with its width.

use super::{Abilities, Entity, GameType, Item, Player, RecipeBook, Saves};
use crate::payload::{draw_length, generator, pick};
use protocol::{Payload, PayloadSize, Seed};
use rand::Rng;
use rand_pcg::Lcg64Xsh32;

pub(super) fn saves(seed: Seed, entries: u32) -> Saves<String> {
    let mut rng = generator(seed);
    draw_length(&mut rng, Payload::Savedata.entries(PayloadSize::Full).into());
    Saves { players: (0..entries).map(|_| player(&mut rng)).collect() }
}

const DIMENSIONS: [&str; 3] = ["overworld", "nether", "end"];
const ITEMS: [&str; 8] = ["dirt", "stone", "pickaxe", "sand", "gravel", "shovel", "chestplate", "steak"];
const ENTITIES: [&str; 8] = ["cow", "sheep", "zombie", "skeleton", "spider", "creeper", "parrot", "bee"];
const NAMES: [&str; 8] = ["rainbow", "princess", "steve", "johnny", "missy", "coward", "fairy", "howard"];
const RECIPES: [&str; 8] = ["pickaxe", "torch", "bow", "crafting table", "furnace", "shears", "arrow", "tnt"];

fn player(rng: &mut Lcg64Xsh32) -> Player<String> {
    // A struct's fields are evaluated in the order in which they are written, which is the order of the draws.
    Player {
        game_type: game_type(rng),
        previous_game_type: game_type(rng),
        score: rng.r#gen(),
        dimension: pick(rng, &DIMENSIONS).to_owned(),
        selected_item_slot: rng.r#gen(),
        selected_item: item(rng),
        spawn_dimension: perhaps(rng, |rng| pick(rng, &DIMENSIONS).to_owned()),
        spawn_x: rng.r#gen(),
        spawn_y: rng.r#gen(),
        spawn_z: rng.r#gen(),
        spawn_forced: perhaps(rng, coin),
        sleep_timer: rng.r#gen(),
        food_exhaustion_level: rng.r#gen(),
        food_saturation_level: rng.r#gen(),
        food_tick_timer: rng.r#gen(),
        xp_level: rng.r#gen(),
        xp_p: rng.r#gen(),
        xp_total: rng.r#gen(),
        xp_seed: rng.r#gen(),
        inventory: list(rng, 40, item),
        ender_items: list(rng, 27, item),
        abilities: Abilities {
            walk_speed: rng.r#gen(),
            fly_speed: rng.r#gen(),
            may_fly: coin(rng),
            flying: coin(rng),
            invulnerable: coin(rng),
            may_build: coin(rng),
            instabuild: coin(rng),
        },
        entered_nether_position: perhaps(rng, point),
        root_vehicle: perhaps(rng, |rng| (uuid(rng), entity(rng))),
        shoulder_entity_left: perhaps(rng, entity),
        shoulder_entity_right: perhaps(rng, entity),
        seen_credits: coin(rng),
        recipe_book: recipe_book(rng),
    }
}

fn game_type(rng: &mut Lcg64Xsh32) -> GameType {
    match rng.gen_range(0..4_i32) {
        0 => GameType::Survival,
        1 => GameType::Creative,
        2 => GameType::Adventure,
        _ => GameType::Spectator,
    }
}

fn item(rng: &mut Lcg64Xsh32) -> Item<String> {
    Item { count: rng.r#gen(), slot: rng.r#gen(), id: pick(rng, &ITEMS).to_owned() }
}

fn entity(rng: &mut Lcg64Xsh32) -> Entity<String> {
    Entity {
        id: pick(rng, &ENTITIES).to_owned(),
        pos: point(rng),
        motion: point(rng),
        rotation: (rng.r#gen(), rng.r#gen()),
        fall_distance: rng.r#gen(),
        fire: rng.r#gen(),
        air: rng.r#gen(),
        on_ground: coin(rng),
        no_gravity: coin(rng),
        invulnerable: coin(rng),
        portal_cooldown: rng.r#gen(),
        uuid: uuid(rng),
        custom_name: perhaps(rng, |rng| pick(rng, &NAMES).to_owned()),
        custom_name_visible: coin(rng),
        silent: coin(rng),
        glowing: coin(rng),
    }
}

fn recipe_book(rng: &mut Lcg64Xsh32) -> RecipeBook<String> {
    // The public benchmark draws a list's length first and its names afterwards: the same draws in the same order.
    RecipeBook {
        recipes: list(rng, 30, |rng| pick(rng, &RECIPES).to_owned()),
        to_be_displayed: list(rng, 10, |rng| pick(rng, &RECIPES).to_owned()),
        is_filtering_craftable: coin(rng),
        is_gui_open: coin(rng),
        is_furnace_filtering_craftable: coin(rng),
        is_furnace_gui_open: coin(rng),
        is_blasting_furnace_filtering_craftable: coin(rng),
        is_blasting_furnace_gui_open: coin(rng),
        is_smoker_filtering_craftable: coin(rng),
        is_smoker_gui_open: coin(rng),
    }
}

fn coin(rng: &mut Lcg64Xsh32) -> bool {
    rng.gen_bool(0.5)
}

fn point(rng: &mut Lcg64Xsh32) -> (f64, f64, f64) {
    (rng.r#gen(), rng.r#gen(), rng.r#gen())
}

fn uuid(rng: &mut Lcg64Xsh32) -> [u32; 4] {
    [(); 4].map(|()| rng.r#gen())
}

fn perhaps<T>(rng: &mut Lcg64Xsh32, draw: impl Fn(&mut Lcg64Xsh32) -> T) -> Option<T> {
    coin(rng).then(|| draw(rng))
}

fn list<T>(rng: &mut Lcg64Xsh32, below: u64, draw: impl Fn(&mut Lcg64Xsh32) -> T) -> Vec<T> {
    (0..rng.gen_range(0..below)).map(|_| draw(rng)).collect()
}
