//! What hosts do: the headers that `docs/hosting.md` recommends, all at once, which must not take embeds away; and a refusal for once.

use anyhow::{Context as _, Result, ensure};
use e2e::{
    ANY_ORIGIN, Engine, Frame, Header, Host, HostName, HostPage, ISOLATION, Lab, Policy, Serving, Session, Site, WasmType,
};

/// What `docs/hosting/` sends with every file.
const HEADERS: [Header; 4] =
    [ANY_ORIGIN, ISOLATION, ("Cross-Origin-Resource-Policy", "cross-origin"), ("X-Content-Type-Options", "nosniff")];

#[test]
fn what_a_host_refuses_once_is_asked_for_again() -> Result<()> {
    let hiccups: &[&str] = &["/boot-", "-views.js", "_bg.wasm", "-chunk_"];
    let site = Site::serve(Serving { hiccups, ..Serving::default() })?;
    // In Firefox, whose driver keeps no console: Chromium's says of every refused request that it was, and so it should.
    Session { engine: Engine::Firefox, ..Session::default() }.drive(async |page| {
        page.open(&site.address("/lessons/memory/pin/")).await?;
        for name in hiccups {
            let asked = site.asked_for();
            let file = asked.iter().find(|path| path.contains(name)).with_context(|| format!("no {name}"))?;
            let times = asked.iter().filter(|path| path.split('?').next() == Some(file.as_str())).count();
            // The preload behind a script's fetch asks too, since this server has everything asked for that is kept.
            let expected = if *name == "-views.js" { 3 } else { 2 };
            ensure!(times == expected, "{file} was asked for {times} times");
        }
        Ok(())
    })
}

#[test]
fn with_all_recommended_headers_an_embed_runs_with_its_style_sandboxed_or_not() -> Result<()> {
    let site = Site::serve(Serving { headers: HEADERS.to_vec(), ..Serving::default() })?;
    for sandbox in [None, Some("allow-scripts")] {
        let frame = Frame { sandbox, ..Frame::of(site.address("/embed/serialization/")) };
        let host = Host::start(HostName::Word, HostPage::Silent, Policy::None, &[frame])?;
        Session::default().drive(async |page| {
            page.open_host(&host.address()).await?;
            let embed = page.embed(0);
            embed.ready().await?;
            let styled = "getComputedStyle(document.documentElement).getPropertyValue('--ground') !== ''";
            let styled: bool = embed.within(async |page| page.eval(styled).await).await?;
            ensure!(styled, "{sandbox:?}: the style sheet was refused");
            embed.run("serialization").await
        })?;
    }
    Ok(())
}

/// Whatever a host calls Wasm, even nothing at all, every part of the page comes and a lab runs.
#[test]
fn a_host_may_call_wasm_anything() -> Result<()> {
    for wasm in [WasmType::Bytes, WasmType::Unsaid] {
        let site = Site::serve(Serving { wasm, ..Serving::default() })?;
        for engine in [Engine::Chromium, Engine::Firefox] {
            Session { engine, ..Session::default() }.drive(async |page| {
                for route in ["/lessons/data/zero-copy/", "/path/", "/embed/arena/"] {
                    page.open(&site.address(route)).await.with_context(|| format!("{route}, {wasm:?}"))?;
                }
                page.open(&site.address("/labs/self-test/")).await?;
                Lab::on(page, "self-test").await?.run().await.with_context(|| format!("{wasm:?}"))
            })?;
        }
    }
    Ok(())
}
