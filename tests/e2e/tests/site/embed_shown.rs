//! What a frame shows of what its address asks for, and where its links lead.

use super::embed_messages::{LABS, fragment, hosted, hosted_claim};
use anyhow::{Context as _, Result, ensure};
use e2e::{
    ANY_ORIGIN, Embed, Frame, Frames, Host, HostName, HostPage, Key, Lab, Machine, Policy, Scripts, Serving, Session, Site, drive,
};
use serde_json::json;

/// Every link that leads elsewhere, in every lab, is pressed where no tab may be opened: the frame stays, and the address stands there as text.
#[test]
fn no_link_leads_the_frame_itself_away() -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        for lab in site.registry.labs.iter().filter(|lab| lab.listed) {
            let address = site.address(&site.registry.embed(&lab.slug)?.route());
            let frame = Frame { sandbox: Some("allow-scripts"), ..Frame::of(address) };
            let host = Host::start(HostName::Word, HostPage::Silent, Policy::Strict, &[frame])?;
            page.open_host(&host.address()).await?;
            page.embed(0).ready().await?;
            let (pressed, faults): (u32, Vec<String>) = page
                .embed(0)
                .within(async |page| {
                    page.eval_async(
                        "(async () => {
                           const here = (address) => address.split('#')[0];
                           const [links, faults] = [[...document.querySelectorAll('main a[href]')].filter((one) => here(one.href) !== here(location.href)), []];
                           for (const link of links) {
                             link.click();
                             await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                             const field = document.querySelector('[data-action=full-address]');
                             if (field?.value !== link.href || !field.readOnly) faults.push(link.href);
                           }
                           return [links.length, faults];
                         })()",
                    )
                    .await
                })
                .await
                .with_context(|| lab.slug.clone())?;
            ensure!(pressed > 0 && faults.is_empty(), "{}: {pressed} links were pressed, not shown: {faults:?}", lab.slug);
        }
        // Chromium says so on the console whenever it refuses a tab.
        let errors: Vec<_> =
            page.take_console_errors().await?.into_iter().filter(|one| !one.contains("'allow-popups'")).collect();
        ensure!(errors.is_empty(), "{errors:?}");
        Ok(())
    })
}

/// The fragment of the link to the full lab.
async fn onward(embed: Embed<'_>) -> Result<String> {
    embed.within(async |page| page.eval("document.querySelector('a[data-action=open-full]').hash").await).await
}

async fn badge(embed: Embed<'_>, provenance: &str) -> Result<()> {
    embed
        .within(async |page| page.soon(provenance, &format!("document.querySelector('[data-provenance={provenance}]')")).await)
        .await
}

/// The full lab shows what the frame has shown: the reader's own run, and one that was sent as long as its input stands.
#[test]
fn the_link_to_the_full_lab_carries_the_result() -> Result<()> {
    for lab in LABS {
        let mut own = String::new();
        hosted(lab, "", async |_, embed, _| {
            let before = onward(embed).await?;
            embed.run(lab).await?;
            badge(embed, "live").await?;
            own = onward(embed).await?;
            ensure!(own.len() > before.len(), "the link carries no more than before: {own}");
            Ok(())
        })?;
        let site = Site::start("")?;
        drive(Machine::Shared, async |page| {
            page.open(&format!("{}{own}", site.address(&site.registry.lab(lab)?.route))).await?;
            Lab::on(page, lab).await?.badge("sent").await
        })?;
        let mut sent = String::new();
        hosted(lab, &own, async |_, embed, _| {
            badge(embed, "sent").await?;
            sent = onward(embed).await?;
            embed.within(async |page| page.choose("select[name=payload]", "mesh").await).await?;
            embed
                .within(async |page| {
                    let shorter = format!("document.querySelector('a[data-action=open-full]').hash.length < {}", sent.len());
                    page.soon("a link without the result", &shorter).await
                })
                .await
        })?;
        drive(Machine::Shared, async |page| {
            page.open(&format!("{}{sent}", site.address(&site.registry.lab(lab)?.route))).await?;
            Lab::on(page, lab).await?.badge("sent").await
        })?;
    }
    Ok(())
}

/// Each value that means nothing is named, the rest holds, and what the host appended is the host's.
#[test]
fn what_an_address_asks_for_in_vain_is_said() -> Result<()> {
    let state = fragment(&[("payload", "mesh"), ("size", "huge"), ("r.t.serde-json.whole", "3 2 1")])?;
    let query = format!("?v=2&theme=purple&scale=9&preset=nope&seed=x&run=now&ui=all&motion=no&utm_source=x{state}");
    hosted(LABS[1], &query, async |_, embed, _| {
        embed
            .within(async |page| {
                page.soon("the note", "document.querySelector('.link-note')?.innerText.includes('size')").await?;
                let note: String = page.text(".link-note").await?;
                for name in ["v", "theme", "scale", "preset", "seed", "run", "ui", "motion"] {
                    ensure!(note.contains(name), "{name} is not named: {note}");
                }
                ensure!(!note.contains("utm_source") && !note.contains("payload"), "{note}");
                ensure!(page.eval::<bool>("document.querySelector('.link-note').checkVisibility()").await?, "it is not seen");
                let payload: String = page.eval("document.querySelector('select[name=payload]').value").await?;
                ensure!(payload == "mesh", "the sound part of the state is lost: {payload}");
                Ok(())
            })
            .await
    })?;
    // What an address says may be as the lab starts anyway, and what a lab bounds it has understood.
    let budget = fragment(&[("preset", "roadmap"), ("network", "40"), ("logic", "1e9"), ("panel", "why"), ("cores", "4")])?;
    for (lab, query, state) in [
        (LABS[1], "", fragment(&[("payload", "mesh")])?),
        (LABS[1], "?v=1&ui=min&preset=mesh&seed=7&secret=x", String::new()),
        (LABS[0], "", budget),
        ("arena", "", fragment(&[("order", "breadth"), ("program", "bump-std-vec"), ("traced", "100")])?),
    ] {
        hosted(lab, &format!("{query}{state}"), async |_, embed, _| {
            embed
                .within(async |page| {
                    page.soon("the lab", "document.querySelector('[data-lab] .finding')").await?;
                    let note: bool = page.eval("!!document.querySelector('.link-note')").await?;
                    ensure!(!note, "a sound address is complained about");
                    Ok(())
                })
                .await
        })?;
    }
    Ok(())
}

#[test]
fn what_a_claim_s_address_asks_for_in_vain_is_said() -> Result<()> {
    let query = format!("?theme=purple&seed=7&preset=mesh&utm_source=x{}", fragment(&[("payload", "mesh")])?);
    for (query, names) in [(query.as_str(), ["theme", "seed", "preset", "payload"].as_slice()), ("?v=1&ui=min&secret=x", &[])] {
        hosted_claim("rust-no-leaks", query, async |_, embed, _| {
            embed
                .within(async |page| {
                    page.soon("the claim", "document.querySelector('main[data-claim] .claim-words')").await?;
                    let notes: Vec<String> =
                        page.eval("[...document.querySelectorAll('.link-note')].filter((one) => one.checkVisibility()).map((one) => one.innerText)").await?;
                    let note = notes.join(" ");
                    ensure!(notes.is_empty() == names.is_empty() && !note.contains("utm_source") && !note.contains("lab"), "{note}");
                    ensure!(names.iter().all(|name| note.contains(name)), "{note}");
                    Ok(())
                })
                .await
        })?;
    }
    Ok(())
}

/// Where no script runs, the text beside the link names what the link leads to, and there is none where the site's address is not known.
#[test]
fn without_scripts_what_is_printed_leads_where_the_link_does() -> Result<()> {
    let site = Site::start("")?;
    Session { scripts: Scripts::Off, ..Session::default() }.drive(async |page| {
        for route in ["/embed/claim-rust-no-leaks/".to_owned(), site.registry.embed(LABS[0])?.route()] {
            page.open_outside(&site.address(&route)).await?;
            let link: String = page.eval("document.querySelector('[data-action=open-full]').hash").await?;
            for printed in page.texts(".embed-address").await? {
                ensure!(printed.starts_with("http") && printed.ends_with(&link), "{route}: “{printed}”, not …{link}");
            }
        }
        Ok(())
    })
}

#[test]
fn an_address_says_seed_and_preset_and_scale_and_motion() -> Result<()> {
    hosted(LABS[1], "?seed=7&preset=mesh&scale=1.5&motion=reduce&run=auto", async |_, embed, _| {
        let looks: (String, f64, Option<String>) = embed
            .within(async |page| {
                page.soon("the lab", "document.querySelector('select[name=payload]')").await?;
                page.eval(
                    "[document.querySelector('select[name=payload]').value, parseFloat(getComputedStyle(document.documentElement).fontSize),
                      document.documentElement.dataset.motion ?? null]",
                )
                .await
            })
            .await?;
        ensure!(looks == ("mesh".to_owned(), 24.0, Some("reduce".to_owned())), "{looks:?}");
        let result = embed.heard("result", "true").await?;
        ensure!(result["json"]["seed"] == "7" && result["json"]["input"]["payload"] == "mesh", "{}", result["json"]["input"]);
        Ok(())
    })
}

/// A clicker's keys go to whoever drives the host; what is typed does not.
#[test]
fn keys_that_the_frame_has_no_use_for_are_told() -> Result<()> {
    hosted(LABS[1], "", async |page, embed, _| {
        embed
            .within(async |page| {
                page.focus("a[data-action=open-full]").await?;
                page.press(Key::PageDown.value().to_string()).await?;
                page.press(".").await
            })
            .await?;
        embed.heard("key", "one.key === 'PageDown'").await?;
        embed.heard("key", "one.key === '.'").await?;
        embed
            .within(async |page| {
                page.focus("select[name=payload]").await?;
                page.press(".").await?;
                page.press("a").await
            })
            .await?;
        // What the frame says later has come: so has what it said before.
        embed.send(&json!({ "type": "getState", "id": "later" })).await?;
        embed.heard("state", "one.id === 'later'").await?;
        let told: u32 = page.eval("heard(0, 'key').length").await?;
        ensure!(told == 2, "{told} keys were told");
        Ok(())
    })
}

#[test]
fn a_frame_asks_first_where_its_author_says_so() -> Result<()> {
    let asks = fragment(&[("show", "question")])?;
    for (lab, query, is_asked) in
        [(LABS[0], "", true), (LABS[1], "", true), (LABS[0], "?ui=chart", false), (LABS[1], "?run=off", false)]
    {
        hosted(lab, &format!("{query}{asks}"), async |_, embed, _| {
            let state = if is_asked { "modelled" } else { "recorded" };
            badge(embed, state).await?;
            if lab == LABS[0] {
                let form: bool = embed
                    .within(async |page| page.eval("!!document.querySelector('.guess-form')?.checkVisibility()").await)
                    .await?;
                ensure!(form == is_asked, "the guess is asked for: {form}");
            }
            Ok(())
        })
        .with_context(|| format!("{lab}{query}"))?;
    }
    Ok(())
}
