//! Hosts that mean no good, and links made to harm: refused, counted, and the embed works on.

use anyhow::{Result, ensure};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use e2e::{
    ANY_ORIGIN, Embed, Frame, Frames, Host, HostName, HostPage, Lab, Machine, Page, Policy, Serving, Session, Site, drive, figure,
};
use flate2::{Compression, write::DeflateEncoder};
use serde_json::json;
use std::io::Write as _;

const LAB: &str = "serialization";

/// What a link may take until it is refused, in milliseconds, by the page's own clock.
const REFUSED_WITHIN: f64 = 50.0;

/// The longest time without a frame that a flood may cause, in milliseconds; a stuck page shows none at all.
const GAP: f64 = 500.0;

/// JavaScript expressions of messages that are no order, whatever their sender had in mind.
const WRONG: [&str; 34] = [
    "null",
    "undefined",
    "0",
    "NaN",
    "10n",
    "true",
    "''",
    "'run'",
    "[]",
    "[envelope({ type: 'run' })]",
    "{}",
    "new Map([['ns', 'ferroscope'], ['v', 1], ['type', 'run']])",
    "new Date(0)",
    "/run/",
    "new Uint8Array(1 << 20)",
    "new Error('run')",
    "JSON.stringify(envelope({ type: 'run' }))",
    "{ type: 'run' }",
    "{ ns: 'ferroscope', type: 'run' }",
    "{ ns: 'ferroscope', v: 2, type: 'run' }",
    "{ ns: 'ferroscope', v: '1', type: 'run' }",
    "{ ns: 'Ferroscope', v: 1, type: 'run' }",
    "{ ns: ['ferroscope'], v: 1, type: 'run' }",
    "envelope({})",
    "envelope({ type: 5 })",
    "envelope({ type: ['run'] })",
    "envelope({ type: { toString: 'run' } })",
    "envelope({ type: 'Run' })",
    "envelope({ type: 'constructor' })",
    "envelope({ type: '__proto__' })",
    "envelope({ type: 'ready', lab: 'arena' })",
    "envelope({ type: 'eval', code: 'window.pwned = 1' })",
    "envelope({ type: 'navigate', href: 'https://example.com/' })",
    "envelope({ type: 'x'.repeat(1 << 22) })",
];

/// Orders that the contract knows, with values that it does not.
const WRONG_VALUES: [&str; 10] = [
    "envelope({ type: 'set', theme: 'purple' })",
    "envelope({ type: 'set', theme: { toString: 'dark' } })",
    "envelope({ type: 'set', theme: 'javascript:window.pwned=1' })",
    "envelope({ type: 'set', theme: '<img src=x onerror=window.pwned=1>' })",
    "envelope({ type: 'set', scale: 'huge' })",
    "envelope({ type: 'set', scale: NaN })",
    "envelope({ type: 'set', preset: 'https://example.com/evil.js' })",
    "envelope({ type: 'set', preset: 'x'.repeat(1 << 24) })",
    "envelope({ type: 'set', preset: ((one) => (one.self = one))({}) })",
    "envelope({ type: 'set', preset: Array.from({ length: 2000 }).reduce((inner) => [inner], []) })",
];

/// An embed in a host page, and a look at its end: nothing was taken in, and it runs.
fn hosted(page_of_host: HostPage, test: impl AsyncFnOnce(&Page, Embed<'_>) -> Result<()>) -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    let address = site.address(&site.registry.embed(LAB)?.route());
    let frame = Frame { sandbox: Some("allow-scripts"), ..Frame::of(address.clone()) };
    let host = Host::start(HostName::Word, page_of_host, Policy::Strict, &[frame])?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        page.open_host(&host.address()).await?;
        let embed = page.embed(0);
        embed.heard("ready", "true").await?;
        let before = fingerprint(embed).await?;
        test(page, embed).await?;
        ensure!(embed.state(LAB).await? == "idle", "a hostile message started something: {}", embed.state(LAB).await?);
        let after = fingerprint(embed).await?;
        ensure!(before == after, "hostile messages changed the embed: {before:?} became {after:?}");
        ensure!(site.bundles_asked_for().is_empty(), "hostile messages fetched {:?}", site.bundles_asked_for());
        embed.run(LAB).await?;
        embed.send(&json!({ "type": "getState", "id": "alive" })).await?;
        embed.heard("state", "one.id === 'alive'").await?;
        Ok(())
    })
}

/// What no message here may change.
async fn fingerprint(embed: Embed<'_>) -> Result<Vec<String>> {
    embed
        .within(async |page| {
            page.eval(
                "[location.href.split('#')[0], document.scripts.length, document.images.length, document.documentElement.dataset.theme, typeof window.pwned,
                  getComputedStyle(document.body).fontSize, ...[...document.querySelectorAll('select')].map((one) => one.value)].map(String)",
            )
            .await
        })
        .await
}

#[test]
fn messages_of_wrong_shape_are_counted_and_do_nothing() -> Result<()> {
    hosted(HostPage::Recorder, async |_, embed| {
        for message in WRONG {
            embed.send_raw(message).await?;
        }
        embed.has_ignored(WRONG.len() as u64).await
    })
}

#[test]
fn orders_with_wrong_values_are_counted_and_do_nothing() -> Result<()> {
    hosted(HostPage::Recorder, async |_, embed| {
        for message in WRONG_VALUES {
            embed.send_raw(message).await?;
        }
        embed.has_ignored(WRONG_VALUES.len() as u64).await
    })
}

/// One that says all the right words, but is not the parent.
#[test]
fn messages_from_another_window_are_counted_and_do_nothing() -> Result<()> {
    const ORDERS: [&str; 6] = ["run", "set", "reset", "cancel", "getState", "getResult"];
    hosted(HostPage::Stranger, async |page, embed| {
        for order in ORDERS {
            let message = json!({ "frame": 0, "message": { "ns": "ferroscope", "v": 1, "type": order, "id": "stranger", "theme": "dark" } });
            page.embed(1).send_raw(&message.to_string()).await?;
        }
        embed.has_ignored(ORDERS.len() as u64).await?;
        let answers: u32 = page.eval("messages.filter(({ data }) => data?.id === 'stranger').length").await?;
        ensure!(answers == 0, "{answers} answers to a stranger");
        Ok(())
    })
}

/// Keeps count of the frame's animation frames from now on.
const WATCH: &str = "(() => {
    window.watch = { frames: 0, longest: 0, last: performance.now() };
    const look = () => {
      const now = performance.now();
      watch.frames += 1;
      watch.longest = Math.max(watch.longest, now - watch.last);
      watch.last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return true;
  })()";

#[test]
fn ten_thousand_messages_in_a_second_do_not_stop_the_frame() -> Result<()> {
    const COUNT: u64 = 10_000;
    hosted(HostPage::Recorder, async |page, embed| {
        embed.within(async |page| page.eval::<bool>(WATCH).await).await?;
        // A hundred every ten milliseconds: no two of a hundred are alike, and none is right.
        let flood = format!(
            "new Promise((done) => {{
               let sent = 0;
               const send100 = () => {{
                 for (const end = sent + 100; sent < end; sent += 1) send(0, envelope({{ type: 'no' + sent, id: sent, value: [sent, {{ sent }}] }}));
                 if (sent < {COUNT}) setTimeout(send100, 10); else done(sent);
               }};
               send100();
             }})"
        );
        let sent: u64 = page.eval_async(&flood).await?;
        ensure!(sent == COUNT, "{sent} were sent");
        embed.has_ignored(COUNT).await?;
        let (frames, longest): (u32, f64) = embed.within(async |page| page.eval("[watch.frames, watch.longest]").await).await?;
        figure("flood", &format!("{frames} frames meanwhile, longest gap {longest:.0} ms"));
        ensure!(longest < GAP, "the frame stood still for {longest:.0} ms");
        embed.within(async |page| page.soon("further frames", &format!("watch.frames > {frames}")).await).await
    })
}

/// A state that inflates to so many bytes.
fn bomb(bytes: usize) -> Result<String> {
    let mut deflated = DeflateEncoder::new(vec![1], Compression::best());
    deflated.write_all(b"payload=")?;
    for _ in 0..bytes / 4096 {
        deflated.write_all(&[b'a'; 4096])?;
    }
    Ok(format!("s={}", URL_SAFE_NO_PAD.encode(deflated.finish()?)))
}

/// States that are none: of the same random bytes each time, and one that inflates without end.
fn hostile_states() -> Result<Vec<(String, String)>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut noise = |length: usize| -> Vec<u8> {
        std::iter::repeat_with(|| {
            // Marsaglia's xorshift64.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .take(length)
        .collect()
    };
    let mut states = vec![("200 MB in a link".to_owned(), bomb(200 << 20)?), ("no text".to_owned(), "s=!".to_owned())];
    for length in [1, 7, 64, 1024, 65_536] {
        states.push((format!("{length} random bytes"), format!("s={}", URL_SAFE_NO_PAD.encode(noise(length)))));
        let versioned = [vec![1], noise(length)].concat();
        states.push((format!("{length} random bytes behind a version"), format!("s={}", URL_SAFE_NO_PAD.encode(versioned))));
    }
    Ok(states)
}

#[test]
fn hostile_states_are_refused_at_once_and_said_to_be() -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    let route = site.registry.embed(LAB)?.route();
    let states = hostile_states()?;
    Session { machine: Machine::Alone, frames: Frames::Together, ..Session::default() }.drive(async |page| {
        for (name, state) in &states {
            let frame = Frame { sandbox: Some("allow-scripts"), ..Frame::of(format!("{}#{state}", site.address(&route))) };
            let host = Host::start(HostName::Word, HostPage::Recorder, Policy::Strict, &[frame])?;
            page.open_host(&host.address()).await?;
            let embed = page.embed(0);
            embed.heard("ready", "true").await?;
            embed.ready().await?;
            embed
                .within(async |page| {
                    page.soon(&format!("the note about {name}"), &format!("document.querySelector('{}[data-link-note]')", Embed::ROOT)).await?;
                    let shown: bool = page.eval("[...document.querySelectorAll('.link-note')].some((one) => one.checkVisibility() && one.innerText.trim())").await?;
                    ensure!(shown, "{name}: no note is to be seen");
                    let took: Option<f64> = page
                        .eval(&format!("((root) => 'refusedMs' in root.dataset ? Number(root.dataset.refusedMs) : null)(document.querySelector('{}'))", Embed::ROOT))
                        .await?;
                    let took = took.unwrap_or(f64::INFINITY);
                    figure(name, &format!("refused after {took} ms"));
                    ensure!(took < REFUSED_WITHIN, "{name}: refused after {took} ms (data-refused-ms)");
                    Ok(())
                })
                .await?;
        }
        page.embed(0).run(LAB).await
    })
}

/// The note stands in the full lab just as well.
#[test]
fn hostile_states_are_refused_in_the_full_lab() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (name, state) in hostile_states()? {
            page.open(&format!("{}#{state}", site.address(&site.registry.lab(LAB)?.route))).await?;
            Lab::on(page, LAB).await?;
            page.soon(&format!("the note about {name}"), "document.querySelector('.link-note')?.checkVisibility()").await?;
        }
        Ok(())
    })
}
