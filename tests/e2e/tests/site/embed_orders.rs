//! Orders of a host that come to nothing, or too often: every one is answered, and the frame works on.

use super::embed_messages::{LABS, ensure_result, fragment, hosted, hosted_claim};
use anyhow::{Result, ensure};
use e2e::{Embed, Key, Page, figure};
use serde_json::json;

/// The longest time without a frame that a flood may cause, in milliseconds; a stuck page shows none at all.
const GAP: f64 = 500.0;

/// How long it is at least from one run that orders start to the next, in milliseconds.
const REST: f64 = 500.0;

/// How often an order of this id was answered, by a result or by an error, once it was: a later answer is waited for first.
async fn answers(embed: Embed<'_>, id: &str) -> Result<u32> {
    embed.heard("error", &format!("one.id === '{id}'")).await?;
    embed.send(&json!({ "type": "getState", "id": format!("after {id}") })).await?;
    embed.heard("state", &format!("one.id === 'after {id}'")).await?;
    embed.on_host(&format!("messages.filter(({{ data }}) => data?.id === '{id}').length")).await
}

/// Whether the lab runs.
async fn runs(embed: Embed<'_>) -> Result<()> {
    embed
        .within(async |page| {
            page.soon("the run", "!['idle', 'done', 'cancelled'].includes(document.querySelector('[data-lab]').dataset.state)")
                .await
        })
        .await
}

async fn ensure_refused(embed: Embed<'_>, id: &str, code: &str) -> Result<()> {
    let count = answers(embed, id).await?;
    let answer = embed.heard("error", &format!("one.id === '{id}'")).await?;
    ensure!(answer["code"] == code && answer["message"].as_str().is_some_and(|text| !text.is_empty()), "{id}: {answer}");
    ensure!(count == 1, "{id} was answered {count} times");
    Ok(())
}

#[test]
fn an_order_that_comes_to_nothing_is_answered_once() -> Result<()> {
    hosted(LABS[1], "", async |_, embed, site| {
        for (id, ends) in [("stopped", "reader"), ("cancelled", "cancel"), ("reset", "reset")] {
            embed.send(&json!({ "type": "run", "id": id })).await?;
            runs(embed).await?;
            if ends == "reader" {
                // By the keyboard: the button moves while the run begins.
                embed
                    .within(async |page| {
                        page.focus("[data-lab] [data-action=cancel]").await?;
                        page.press(Key::Enter.value().to_string()).await
                    })
                    .await?;
            } else {
                embed.send(&json!({ "type": ends })).await?;
            }
            ensure_refused(embed, id, "cancelled").await?;
        }
        // The second joins the run that the first has started, and has its result.
        embed.send(&json!({ "type": "run", "id": "first" })).await?;
        runs(embed).await?;
        embed.send(&json!({ "type": "run", "id": "second" })).await?;
        ensure_refused(embed, "first", "superseded").await?;
        ensure_result(&embed.heard("result", "one.id === 'second'").await?, LABS[1], site)?;
        embed.has_ignored(0).await
    })
}

/// The reader forgets the run that the host has ordered: nothing that is run later answers the order.
#[test]
fn a_reset_of_the_reader_s_answers_the_order() -> Result<()> {
    hosted(LABS[0], &fragment(&[("panel", "details")])?, async |_, embed, site| {
        embed.send(&json!({ "type": "run", "id": "forgotten" })).await?;
        runs(embed).await?;
        embed
            .within(async |page| {
                page.soon("the button", "document.querySelector('[data-action=reset]')").await?;
                page.click("[data-action=reset]").await
            })
            .await?;
        ensure_refused(embed, "forgotten", "cancelled").await?;
        embed.send(&json!({ "type": "run", "id": "later" })).await?;
        ensure_result(&embed.heard("result", "true").await?, LABS[0], site)?;
        let of: Vec<String> = embed.on_host("heard(0, 'result').map((one) => one.id)").await?;
        ensure!(of == ["later"], "the results answer {of:?}");
        Ok(())
    })
}

#[test]
fn a_claim_that_no_measurement_decides_says_so_each_time() -> Result<()> {
    hosted_claim("allocator-api-stable", "", async |_, embed, site| {
        for id in ["once", "again"] {
            embed.send(&json!({ "type": "run", "id": id })).await?;
            ensure_refused(embed, id, "nothing-to-run").await?;
        }
        ensure!(site.bundles_asked_for().is_empty(), "it fetched {:?}", site.bundles_asked_for());
        embed.has_ignored(0).await
    })
}

#[test]
fn an_order_before_the_lab_stands_is_answered() -> Result<()> {
    let site = e2e::Site::serve(e2e::Serving { headers: vec![e2e::ANY_ORIGIN], ..e2e::Serving::default() })?;
    let address = site.address(&site.registry.embed(LABS[1])?.route());
    let frame = e2e::Frame { sandbox: Some("allow-scripts"), ..e2e::Frame::of(address) };
    let host = e2e::Host::start(e2e::HostName::Word, e2e::HostPage::Recorder, e2e::Policy::Strict, &[frame])?;
    e2e::Session { frames: e2e::Frames::Together, ..e2e::Session::default() }.drive(async |page| {
        page.open_host(&host.address()).await?;
        // From the first answer on: whoever listens, listens to all of these, and the lab may not stand yet.
        page.eval::<bool>("(window.asks = setInterval(() => send(0, envelope({ type: 'getState', id: `try ${window.asked = (window.asked ?? 0) + 1}` })), 1), true)")
            .await?;
        let embed = page.embed(0);
        embed.heard("ready", "true").await?;
        page.eval::<bool>("(clearInterval(asks), true)").await?;
        embed.send(&json!({ "type": "getState", "id": "last" })).await?;
        embed.heard("state", "one.id === 'last'").await?;
        let wrong: Vec<String> = page
            .eval(
                "messages.map(({ data }) => data).filter((one) => typeof one?.id === 'string' && one.id.startsWith('try'))
                  .filter((one) => !(one.type === 'state' && one.hash.startsWith('#s=')) && !['not-ready', 'busy'].includes(one.code)).map((one) => JSON.stringify(one))",
            )
            .await?;
        ensure!(wrong.is_empty(), "an answer before “ready” is neither a state nor a refusal: {wrong:?}");
        let twice: u32 = page
            .eval("((ids) => ids.length - new Set(ids).size)(messages.map(({ data }) => data?.id).filter((id) => id?.startsWith?.('try')))")
            .await?;
        ensure!(twice == 0, "{twice} orders were answered twice");
        Ok(())
    })
}

#[test]
fn a_preset_keeps_the_address_s_seed() -> Result<()> {
    hosted(LABS[1], "?seed=7", async |_, embed, _| {
        embed.send(&json!({ "type": "set", "preset": "mesh" })).await?;
        embed.send(&json!({ "type": "run", "id": "seeded" })).await?;
        let result = embed.heard("result", "one.id === 'seeded'").await?;
        ensure!(result["json"]["seed"] == "7", "the seed is {}", result["json"]["seed"]);
        ensure!(result["json"]["input"]["payload"] == "mesh", "{}", result["json"]["input"]);
        Ok(())
    })
}

/// Orders that are all right, ten thousand in a second, with runs that are stopped and reset at once: the frame works on, starts few workers, and
/// answers each once. `setting` is the JavaScript of an order to set something.
async fn flood(page: &Page, embed: Embed<'_>, setting: &str) -> Result<()> {
    const COUNT: u32 = 10_000;
    /// Of eight orders, these have an id.
    const ANSWERED: u32 = COUNT / 8 * 5;
    embed
        .within(async |page| {
            page.eval::<bool>(
                "(() => {
                   window.watch = { frames: 0, longest: 0, began: performance.now(), last: performance.now(), workers: 0 };
                   const look = () => {
                     const now = performance.now();
                     Object.assign(watch, { frames: watch.frames + 1, longest: Math.max(watch.longest, now - watch.last), last: now });
                     requestAnimationFrame(look);
                   };
                   requestAnimationFrame(look);
                   const Of = window.Worker;
                   window.Worker = class extends Of { constructor(...all) { super(...all); watch.workers += 1; } };
                   return true;
                 })()",
            )
            .await
        })
        .await?;
    // A hundred at a time end with an order to run that stands, or with one that was taken back, by turns.
    let flood = format!(
        "new Promise((done) => {{
           let sent = 0;
           const run = (id) => ({{ type: 'run', id }});
           const orders = [
             run,
             () => ({{ type: 'cancel' }}),
             run,
             (id) => ({setting}),
             (id) => ({{ type: 'getState', id }}),
             run,
             () => ({{ type: 'reset' }}),
             (id) => ({{ type: 'getResult', id }}),
           ];
           const send100 = () => {{
             for (const end = sent + 100; sent < end; sent += 1) send(0, envelope(orders[sent % orders.length](sent)));
             if (sent < {COUNT}) setTimeout(send100, 10); else done(sent);
           }};
           send100();
         }})"
    );
    let sent: u32 = page.eval_async(&flood).await?;
    ensure!(sent == COUNT, "{sent} were sent");
    embed.send(&json!({ "type": "cancel" })).await?;
    embed.send(&json!({ "type": "getState", "id": "after" })).await?;
    embed.heard("state", "one.id === 'after'").await?;
    let (frames, longest, workers, lasted): (u32, f64, u32, f64) = embed
        .within(async |page| page.eval("[watch.frames, watch.longest, watch.workers, performance.now() - watch.began]").await)
        .await?;
    figure("flood of orders", &format!("{frames} frames meanwhile, longest gap {longest:.0} ms, {workers} workers"));
    ensure!(longest < GAP, "the frame stood still for {longest:.0} ms");
    ensure!(f64::from(workers) <= 2.0 + lasted / REST, "{workers} workers were started in {lasted:.0} ms");
    let (answered, twice): (u32, u32) = page
        .eval("((ids) => [new Set(ids).size, ids.length - new Set(ids).size])(messages.map(({ data }) => data?.id).filter((id) => typeof id === 'number'))")
        .await?;
    ensure!(answered == ANSWERED && twice == 0, "{answered} of {ANSWERED} orders were answered, {twice} twice");
    embed.has_ignored(0).await
}

#[test]
fn a_flood_of_valid_orders_leaves_the_frame_working() -> Result<()> {
    hosted(LABS[1], "", async |page, embed, site| {
        let setting = "{ type: 'set', preset: id % 16 < 8 ? 'mesh' : 'tree', theme: id % 32 < 16 ? 'dark' : 'light' }";
        flood(page, embed, setting).await?;
        embed.send(&json!({ "type": "run", "id": "alive" })).await?;
        ensure_result(&embed.heard("result", "one.id === 'alive'").await?, LABS[1], site)
    })
}

#[test]
fn a_flood_of_valid_orders_leaves_a_claim_working() -> Result<()> {
    hosted_claim("arena-drop-frees-all", "", async |page, embed, _| {
        flood(page, embed, "{ type: 'set', theme: id % 32 < 16 ? 'dark' : 'light', scale: id % 16 < 8 ? 1 : 1.5 }").await?;
        embed.send(&json!({ "type": "run", "id": "alive" })).await?;
        let result = embed.heard("result", "one.id === 'alive'").await?;
        ensure!(result["json"]["claims"][0]["outcome"] == "wrong", "{result}");
        Ok(())
    })
}
