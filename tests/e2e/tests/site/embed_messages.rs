//! The contract between an embed and its host, from the host's side: every message, its envelope, its answer.

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use e2e::{
    ANY_ORIGIN, Embed, Exported, Frame, Frames, Host, HostName, HostPage, Lab, Machine, Page, Policy, Serving, Session, Site,
    drive,
};
use flate2::{Compression, write::DeflateEncoder};
use serde_json::{Value, json};
use std::io::Write as _;

pub const LABS: [&str; 2] = ["latency-budget", "serialization"];

/// An embed of `lab`, sandboxed, in a host that listens; `query` begins with `?`.
pub fn hosted(lab: &str, query: &str, test: impl AsyncFnOnce(&Page, Embed<'_>, &Site) -> Result<()>) -> Result<()> {
    hosted_at(|site| Ok(site.registry.embed(lab)?.route()), query, test).with_context(|| lab.to_owned())
}

/// The same of a claim of the audit.
pub fn hosted_claim(id: &str, query: &str, test: impl AsyncFnOnce(&Page, Embed<'_>, &Site) -> Result<()>) -> Result<()> {
    hosted_at(|_| Ok(format!("/embed/claim-{id}/")), query, test).with_context(|| id.to_owned())
}

fn hosted_at(
    route: impl FnOnce(&Site) -> Result<String>,
    query: &str,
    test: impl AsyncFnOnce(&Page, Embed<'_>, &Site) -> Result<()>,
) -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    let address = site.address(&route(&site)?) + query;
    let frame = Frame { sandbox: Some("allow-scripts"), ..Frame::of(address) };
    let host = Host::start(HostName::Word, HostPage::Recorder, Policy::Strict, &[frame])?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        page.open_host(&host.address()).await?;
        let embed = page.embed(0);
        embed.heard("ready", "true").await?;
        test(page, embed, &site).await
    })
}

/// What is in a result must be what the contract says, and of this lab and build.
pub fn ensure_result(message: &Value, lab: &str, site: &Site) -> Result<()> {
    ensure!(message["json"].is_object(), "result.json is no object: {}", message["json"]);
    let result: Exported = serde_json::from_value(message["json"].clone()).context("result.json")?;
    ensure!(result.lab == lab && result.build == site.registry.build, "it is of {}, build {}", result.lab, result.build);
    ensure!(!result.rows.is_empty() && !result.samples.is_empty() && result.environment.clock_step_ns > 0.0, "it is empty");
    Ok(())
}

#[test]
fn an_embed_tells_its_host_of_itself_and_of_its_run() -> Result<()> {
    for lab in LABS {
        hosted(lab, "", async |page, embed, site| {
            let ready = embed.heard("ready", "true").await?;
            ensure!(ready["lab"] == lab && ready["build"] == json!(site.registry.build), "{ready}");
            embed.heard("resize", "one.height > 50 && one.height < 5000").await?;
            embed.run(lab).await?;
            embed.heard("state", "typeof one.hash === 'string'").await?;
            ensure_result(&embed.heard("result", "true").await?, lab, site)?;
            let faults: Vec<String> = page
                .eval(
                    "messages.flatMap(({ data }) => {
                       if (data?.ns === 'ferroscope') {
                         const types = ['ready', 'resize', 'state', 'result', 'key', 'error'];
                         return data.v === 1 && types.includes(data.type) ? [] : ['envelope: ' + JSON.stringify(data).slice(0, 200)];
                       }
                       if (typeof data === 'string') {
                         const { src, context, height, ...rest } = JSON.parse(data);
                         const right = typeof src === 'string' && context === 'iframe.resize' && height > 50 && Object.keys(rest).length === 0;
                         return right ? [] : ['text: ' + data];
                       }
                       const right = data?.sentinel === 'amp' && data.type === 'embed-size' && data.height > 50;
                       return right ? [] : ['neither ours nor one that hosts know: ' + JSON.stringify(data).slice(0, 200)];
                     })",
                )
                .await?;
            ensure!(faults.is_empty(), "{faults:?}");
            let heights: bool = page
                .eval("messages.some(({ data }) => typeof data === 'string') && messages.some(({ data }) => data?.sentinel === 'amp')")
                .await?;
            ensure!(heights, "a height message that hosts understand is missing");
            let failures: Vec<Value> = page.eval("heard(0, 'error')").await?;
            ensure!(failures.is_empty(), "{failures:?}");
            Ok(())
        })?;
    }
    Ok(())
}

/// The height that is told is the height that is there, before and after the result.
#[test]
fn the_height_told_is_the_height_there_is() -> Result<()> {
    hosted(LABS[1], "", async |_, embed, _| {
        for ran in [false, true] {
            if ran {
                embed.run(LABS[1]).await?;
            }
            let height: f64 = embed
                .within(async |page| {
                    page.eval(&format!("document.querySelector('{}').getBoundingClientRect().bottom + scrollY", Embed::ROOT))
                        .await
                })
                .await?;
            let last =
                format!("Math.abs(heard(0, 'resize').at(-1).height - {height}) <= 40 && one === heard(0, 'resize').at(-1)");
            embed.heard("resize", &last).await?;
        }
        Ok(())
    })
}

#[test]
fn questions_are_answered_with_their_id() -> Result<()> {
    for lab in LABS {
        hosted(lab, "", async |page, embed, site| {
            embed.send(&json!({ "type": "getResult", "id": "early" })).await?;
            let none = embed.heard("error", "one.id === 'early'").await?;
            ensure!(none["code"] == "no-result" && none["message"].as_str().is_some_and(|text| !text.is_empty()), "{none}");
            embed.send(&json!({ "type": "getState", "id": "first" })).await?;
            let state = embed.heard("state", "one.id === 'first'").await?;
            ensure!(state["hash"].is_string(), "{state}");
            embed.send(&json!({ "type": "run", "id": "go" })).await?;
            let result = embed.heard("result", "one.id === 'go'").await?;
            ensure_result(&result, lab, site)?;
            embed.send(&json!({ "type": "getResult", "id": "late" })).await?;
            let again = embed.heard("result", "one.id === 'late'").await?;
            ensure!(again["json"]["samples"] == result["json"]["samples"], "the result asked for is another one");
            // Each answer came once.
            for (kind, id) in [("error", "early"), ("state", "first"), ("result", "go"), ("result", "late")] {
                let count: u32 = page.eval(&format!("heard(0, '{kind}').filter((one) => one.id === '{id}').length")).await?;
                ensure!(count == 1, "{kind} {id} came {count} times");
            }
            embed.has_ignored(0).await
        })?;
    }
    Ok(())
}

#[test]
fn a_host_sets_theme_and_scale_and_preset() -> Result<()> {
    hosted(LABS[0], "?theme=light", async |_, embed, site| {
        let ground = async || -> Result<String> {
            embed.within(async |page| page.eval("getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor").await).await
        };
        let size = async || -> Result<f64> {
            embed
                .within(async |page| {
                    page.eval(&format!("parseFloat(getComputedStyle(document.querySelector('{} p')).fontSize)", Embed::ROOT))
                        .await
                })
                .await
        };
        let (light, small) = (ground().await?, size().await?);
        embed.send(&json!({ "type": "set", "theme": "dark", "scale": 2 })).await?;
        embed.within(async |page| page.soon("the dark theme", "document.documentElement.dataset.theme === 'dark'").await).await?;
        ensure!(ground().await? != light, "the dark theme has the light one's ground");
        ensure!(size().await? > small * 1.5, "at scale 2 text of {small} px is {} px high", size().await?);
        // The first preset may be what the lab starts with; the last one is not.
        let preset = site.registry.embeds()?.iter().rfind(|one| one.lab == LABS[0] && one.preset.is_some());
        let preset = preset.and_then(|one| one.preset.clone()).context("the budget has no preset to embed")?;
        embed.send(&json!({ "type": "getState", "id": "before" })).await?;
        let before = embed.heard("state", "one.id === 'before'").await?;
        embed.send(&json!({ "type": "set", "preset": preset })).await?;
        embed.send(&json!({ "type": "getState", "id": "after" })).await?;
        let after = embed.heard("state", "one.id === 'after'").await?;
        ensure!(before["hash"] != after["hash"], "the preset {preset} changed nothing: {after}");
        embed.has_ignored(0).await
    })
}

#[test]
fn a_host_stops_a_run_and_starts_anew() -> Result<()> {
    hosted(LABS[1], "", async |_, embed, site| {
        embed.send(&json!({ "type": "run", "id": "one" })).await?;
        embed
            .within(async |page| {
                page.soon("the run", "!['idle', 'done'].includes(document.querySelector('[data-lab]').dataset.state)").await
            })
            .await?;
        embed.send(&json!({ "type": "cancel" })).await?;
        let state = embed.within(async |page| Lab::on(page, LABS[1]).await?.ended().await).await?;
        ensure!(state == "cancelled", "a cancelled run is “{state}”");
        // A run that the reader starts answers no order that was taken back.
        embed.run(LABS[1]).await?;
        let result = embed.heard("result", "true").await?;
        ensure!(result["id"].is_null(), "the reader's own run answers the cancelled {}", result["id"]);
        embed.send(&json!({ "type": "run", "id": "two" })).await?;
        ensure_result(&embed.heard("result", "one.id === 'two'").await?, LABS[1], site)?;
        embed.send(&json!({ "type": "reset" })).await?;
        embed
            .within(async |page| page.soon("the start", "document.querySelector('[data-lab]').dataset.state === 'idle'").await)
            .await?;
        embed.send(&json!({ "type": "getResult", "id": "gone" })).await?;
        embed.heard("error", "one.id === 'gone' && one.code === 'no-result'").await?;
        Ok(())
    })
}

/// `run=auto` runs without a click, `run=off` not even when asked.
#[test]
fn the_address_says_whether_it_runs() -> Result<()> {
    hosted(LABS[1], "?run=auto", async |_, embed, site| ensure_result(&embed.heard("result", "true").await?, LABS[1], site))?;
    hosted(LABS[1], "?run=off", async |_, embed, site| {
        embed.send(&json!({ "type": "run", "id": "no" })).await?;
        embed.heard("error", "one.id === 'no'").await?;
        let seen: bool = embed
            .within(async |page| {
                page.eval("[...document.querySelectorAll('[data-action=run]')].some((one) => one.checkVisibility())").await
            })
            .await?;
        ensure!(!seen, "run=off shows Run");
        ensure!(site.bundles_asked_for().is_empty(), "run=off fetched {:?}", site.bundles_asked_for());
        Ok(())
    })
}

/// A state of `lab` as a link's fragment, with `#`.
pub fn fragment(pairs: &[(&str, &str)]) -> Result<String> {
    let text = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
    let mut deflated = DeflateEncoder::new(vec![1], Compression::best());
    deflated.write_all(text.as_bytes())?;
    Ok(format!("#s={}", URL_SAFE_NO_PAD.encode(deflated.finish()?)))
}

/// A state may open the panel whose figures a worker computes: it waits for a press all the same, and for ever where nothing runs.
#[test]
fn no_state_fetches_a_bundle_before_the_click() -> Result<()> {
    let state = fragment(&[("panel", "load")])?;
    for query in ["?", "?run=off", "?ui=min", "?ui=chart", "?run=off&theme=dark"] {
        hosted(LABS[0], &format!("{query}{state}"), async |_, embed, site| {
            embed
                .within(async |page| {
                    page.soon("the panel", "document.querySelector('.load-status')?.textContent.trim()").await?;
                    page.soon("the recorded run", "document.querySelector('[data-provenance=recorded]')").await
                })
                .await?;
            // Whoever asks a worker asks for its bundle at once, and an answer to a message comes later than that.
            embed.send(&json!({ "type": "getState", "id": "idle" })).await?;
            embed.heard("state", "one.id === 'idle'").await?;
            ensure!(site.bundles_asked_for().is_empty(), "“{query}” fetched {:?}", site.bundles_asked_for());
            if query != "?" {
                return Ok(());
            }
            embed.within(async |page| page.click("[data-action=simulate]").await).await?;
            embed.within(async |page| page.soon("the simulation", "document.querySelector('.load-figure svg')").await).await
        })
        .with_context(|| query.to_owned())?;
    }
    Ok(())
}

/// A state in the address is taken, goes on to the full lab, and survives what `WordPress` appends.
#[test]
fn a_state_in_the_address_is_taken_and_carried_on() -> Result<()> {
    let lab = LABS[1];
    let site = Site::start("")?;
    let state = drive(Machine::Shared, async |page| {
        page.open(&site.address(&site.registry.lab(lab)?.route)).await?;
        page.choose("select[name=payload]", "order").await?;
        page.soon("the choice in the address", "location.hash.startsWith('#s=')").await?;
        page.eval::<String>("location.hash").await
    })?;
    for appended in ["", "#?secret=abc123", "?secret=abc123", "&secret=abc123"] {
        hosted(lab, &format!("{state}{appended}"), async |_, embed, _| {
            embed
                .within(async |page| {
                    page.soon("Run", "document.querySelector('[data-action=run]')").await?;
                    let chosen: String = page.eval("document.querySelector('select[name=payload]').value").await?;
                    ensure!(chosen == "order", "with “{appended}” appended the payload is {chosen}");
                    let full: String = page.eval("document.querySelector('a[data-action=open-full]').hash").await?;
                    ensure!(full == state, "the full lab opens with {full}, not with {state}");
                    let noted: bool =
                        page.eval(&format!("document.querySelector('{}').hasAttribute('data-link-note')", Embed::ROOT)).await?;
                    ensure!(!noted, "a sound link is called damaged");
                    Ok(())
                })
                .await
        })?;
    }
    Ok(())
}
