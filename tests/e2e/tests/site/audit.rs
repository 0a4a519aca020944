//! The audit: claims are filtered and linked to, every claim with a rule is run here, and what came out can be sent and opened again.

use anyhow::{Context as _, Result, ensure};
use e2e::{
    ANY_ORIGIN, Embed, Frame, Frames, Host, HostName, HostPage, Lab, Machine, Page, Policy, Serving, Session, Site, drive,
};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// Every run of the audit, one after another: each ends by the page's own deadlines at the latest.
const AUDIT: Duration = Duration::from_mins(15);
/// One claim's runs.
const CLAIM: Duration = Duration::from_mins(8);

const RUNNABLE: &str = "[...document.querySelectorAll('article.claim:has(.claim-run)')]";

/// How many claims can be seen.
async fn seen(page: &Page) -> Result<u32> {
    page.eval("[...document.querySelectorAll('article.claim')].filter((one) => one.checkVisibility()).length").await
}

async fn shows(page: &Page, words: &str) -> Result<()> {
    page.soon(words, &format!("document.querySelector('[data-shown]').innerText === {}", json!(words))).await
}

#[test]
fn claims_are_filtered_and_back_and_forward_lead_through_it() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/audit/")).await?;
        let all = seen(page).await?;
        ensure!(all >= 28, "only {all} claims are seen");
        page.choose("select[name=verdict]", "wrong").await?;
        page.soon("the query", "location.search === '?verdict=wrong'").await?;
        let wrong: u32 = page.eval("document.querySelectorAll('article[data-verdict=wrong]').length").await?;
        ensure!(wrong > 0 && seen(page).await? == wrong, "{} are seen, {wrong} are wrong", seen(page).await?);
        shows(page, &format!("{wrong} of {all} claims with the verdict “wrong”.")).await?;
        page.choose("select[name=pillar]", "memory").await?;
        page.soon("both in the query", "location.search === '?pillar=memory&verdict=wrong'").await?;
        let both = seen(page).await?;
        ensure!(both < wrong, "the pillar filters nothing");
        page.back().await?;
        shows(page, &format!("{wrong} of {all} claims with the verdict “wrong”.")).await?;
        page.soon("the select", "document.querySelector('select[name=pillar]').value === ''").await?;
        page.back().await?;
        shows(page, &format!("All {all} claims are shown.")).await?;
        page.forward().await?;
        page.forward().await?;
        page.soon("both again", "document.querySelector('select[name=pillar]').value === 'memory'").await?;
        page.reload().await?;
        ensure!(seen(page).await? == both, "a reload forgets the filter");
        page.click("[data-action=show-all]").await?;
        shows(page, &format!("All {all} claims are shown.")).await
    })
}

#[test]
fn a_claim_s_address_leads_to_it_whatever_is_filtered() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for query in ["", "?verdict=holds"] {
            page.open(&site.address(&format!("/audit/{query}#allocator-api-stable"))).await?;
            page.soon(
                "the claim in view",
                "((place) => place.top >= 0 && place.top < innerHeight)(document.getElementById('allocator-api-stable').getBoundingClientRect())",
            )
            .await
            .with_context(|| format!("with {query:?}"))?;
        }
        let refused = page.text("#allocator-api-stable .diagnostic").await?;
        ensure!(refused.contains("error[E0658]"), "{refused}");
        Ok(())
    })
}

#[derive(Deserialize)]
struct Row {
    id: String,
    here: String,
    figures: Vec<String>,
    agreement: String,
}

/// What the report says of each claim.
async fn rows(page: &Page) -> Result<Vec<Row>> {
    page.eval(
        "[...document.querySelectorAll('.machine-report .report-row')].map((one) => ({
           id: one.dataset.claim, here: one.querySelector('[data-outcome]').dataset.outcome,
           agreement: one.querySelector('[data-agreement]').dataset.agreement,
           figures: [...one.querySelectorAll('.figures li')].map((line) => line.innerText),
         }))",
    )
    .await
}

#[test]
fn audit_my_machine_runs_every_claim_that_can_be_run_and_its_report_can_be_sent() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Alone, async |page| {
        page.open(&site.address("/audit/")).await?;
        ensure!(site.bundles_asked_for().is_empty(), "a bundle was fetched before anything was asked for");
        page.click("[data-action=audit-machine]").await?;
        // While it goes on nothing else can be started, and it can be stopped.
        page.soon("the way to stop it", "document.querySelector('[data-action=cancel-audit]')").await?;
        let free: bool =
            page.eval("[...document.querySelectorAll('.claim-run [data-action=run]')].some((one) => !one.disabled)").await?;
        ensure!(!free, "a claim can be run while the audit goes on");
        page.until::<bool>("the report", "document.querySelector('.machine-audit').dataset.state === 'done'", AUDIT).await?;
        let found = rows(page).await?;
        let runnable: Vec<String> = page.eval(&format!("{RUNNABLE}.map((one) => one.id)")).await?;
        ensure!(found.iter().map(|row| &row.id).eq(&runnable), "not every claim was run: {runnable:?}");
        for Row { id, here, figures, agreement } in &found {
            e2e::figure(id, &format!("{here} ({agreement})"));
            for figure in figures {
                e2e::figure(id, figure);
                ensure!(!figure.contains("no figure"), "{id}: a run failed");
            }
        }
        // Each claim's own row says it, too.
        ensure!(
            page.eval::<bool>(&format!("{RUNNABLE}.every((one) => one.querySelector('.claim-run').dataset.state === 'done')"))
                .await?
        );
        let said: String = page.eval("document.querySelector('.machine-audit > [role=status]').innerText").await?;
        ensure!(said.starts_with("The audit is done."), "{said}");
        // One claim that is run again changes its own row: the others stay, and so does the report.
        let last = found.last().map(|row| row.id.clone()).unwrap_or_default();
        page.click(&format!("#{last} .claim-run [data-action=run]")).await?;
        let marked = format!("document.querySelector('.machine-report .report-row[data-claim={last}] .link-note')");
        page.soon("its row marked as earlier", &marked).await?;
        ensure!(rows(page).await?.len() == found.len(), "the report lost rows");
        page.until::<bool>("its figures anew", &format!("!{marked}"), CLAIM).await?;
        let found = rows(page).await?;
        ensure!(found.iter().map(|row| &row.id).eq(&runnable), "the report lost rows: {runnable:?}");
        opened_again(page, &site, &found).await
    })
}

/// The link and the JSON of a report that is on the page.
async fn opened_again(page: &Page, site: &Site, found: &[Row]) -> Result<()> {
    let copied =
        |name: &str| format!("document.querySelector('[data-action={name}] ~ .denied')?.querySelector('textarea')?.value");
    page.click("[data-action=copy-report-json]").await?;
    let text: String = page.until("the JSON", &copied("copy-report-json"), Duration::from_secs(30)).await?;
    let report: serde_json::Value = serde_json::from_str(&text).context("the report's JSON")?;
    ensure!(report["claims"].as_array().is_some_and(|claims| claims.len() == found.len()), "claims are missing");
    ensure!(report["results"].as_array().is_some_and(|results| !results.is_empty()), "the results are missing");
    page.click("[data-action=copy-report-link]").await?;
    let link: String = page.until("the link", &copied("copy-report-link"), Duration::from_secs(30)).await?;
    ensure!(link.starts_with(&site.address("/audit/#s=")), "{link}");

    page.open(&link).await?;
    page.soon("the sent report", "document.querySelector('.sent-report .machine-report')").await?;
    let sent = rows(page).await?;
    let of = |rows: &[Row]| rows.iter().map(|row| (row.id.clone(), row.here.clone(), row.figures.clone())).collect::<Vec<_>>();
    ensure!(of(&sent) == of(found), "the link tells another story");
    ensure!(
        page.eval::<bool>(
            "[...document.querySelectorAll('.sent-report [data-provenance]')].every((one) => one.dataset.provenance === 'sent')"
        )
        .await?
    );

    page.open(&link[..link.len() - 9]).await?;
    page.soon("a word on the damage", "document.querySelector('.sent-report .link-note')?.innerText.includes('damaged')").await?;
    ensure!(rows(page).await?.is_empty(), "a damaged report is shown");
    Ok(())
}

#[test]
fn an_audit_can_be_stopped() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/audit/")).await?;
        page.click("[data-action=audit-machine]").await?;
        page.click("[data-action=cancel-audit]").await?;
        page.soon("its end", "document.querySelector('.machine-audit').dataset.state === 'cancelled'").await?;
        page.soon("the button again", "document.activeElement.dataset.action === 'audit-machine'").await?;
        ensure!(page.eval::<bool>("!document.querySelector('.machine-report')").await?, "a stopped audit has a report");
        Ok(())
    })
}

#[test]
fn a_claim_runs_in_somebody_else_s_sandboxed_page() -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        let frame = |id: &str| Frame {
            sandbox: Some("allow-scripts"),
            width: 320,
            ..Frame::of(site.address(&format!("/embed/claim-{id}/?v=1&theme=dark")))
        };
        let frames = [frame("arena-drop-frees-all"), frame("allocator-api-stable")];
        let host = Host::start(HostName::Word, HostPage::Recorder, Policy::Strict, &frames)?;
        page.open_host(&host.address()).await?;
        let entries: u32 = page.eval("history.length").await?;
        let (runs, reads) = (page.embed(0), page.embed(1));
        runs.ready().await?;
        ensure!(site.bundles_asked_for().is_empty(), "a bundle was fetched before the click");
        ensure!(page.eval::<bool>("document.activeElement === document.body").await?, "the frame took the focus");
        let greeting = runs.heard("ready", "one.lab").await?;
        ensure!(greeting["lab"] == "claim-arena-drop-frees-all", "{greeting}");
        runs.heard("resize", "one.height > 100").await?;
        runs.within(async |page| {
            page.click("[data-action=run]").await?;
            page.until::<bool>("the verdict", "document.querySelector('.claim-run').dataset.state === 'done'", CLAIM).await?;
            let outcome = page.text(".claim-result .outcome").await?;
            ensure!(outcome == "On this machine: wrong. The ledger says the same.", "{outcome}");
            let stray = page.sticking_out().await?;
            ensure!(stray.is_empty(), "it is wider than its frame: {stray:?}");
            ensure!(page.eval::<bool>("document.documentElement.dataset.theme === 'dark'").await?, "the theme is not the host's");
            Ok(())
        })
        .await?;
        let result = runs.heard("result", "one.json").await?;
        ensure!(result["json"]["claims"][0]["outcome"] == "wrong", "{result}");
        reads
            .within(async |page| {
                page.soon("the claim", &format!("document.querySelector('{}[data-claim]')", Embed::ROOT)).await?;
                ensure!(page.eval::<bool>("!document.querySelector('[data-action=run]')").await?, "nothing of it can be run");
                ensure!(page.text(".verdict-badge").await? == "wrong");
                let row: String = page.eval("document.querySelector('[data-action=open-full]').href").await?;
                ensure!(row == site.address("/audit/#allocator-api-stable"), "{row}");
                // No tab may be opened here: every way out shows its address instead.
                page.click(".claim-evidence ul a").await?;
                let shown = "document.querySelector('[data-action=full-address]')";
                page.soon(
                    "the source's address, to be copied",
                    &format!("{shown}?.value.startsWith('https://') && document.activeElement === {shown}"),
                )
                .await?;
                let links: usize = page.eval("document.querySelectorAll('main a').length").await?;
                ensure!(links >= 3, "pillar, source and row are linked, not only {links}");
                for at in 0..links {
                    let link: String = page
                        .eval(&format!(
                            "((link) => {{ link.click(); return link.href; }})(document.querySelectorAll('main a')[{at}])"
                        ))
                        .await?;
                    page.soon(&format!("the address of {link}"), &format!("{shown}.value === {}", serde_json::json!(link)))
                        .await?;
                }
                Ok(())
            })
            .await?;
        ensure!(page.eval::<u32>("history.length").await? == entries, "the frame made entries of the history");
        // The browser says of each press that the sandbox forbids it, which is the point.
        let strange: Vec<String> =
            page.take_console_errors().await?.into_iter().filter(|one| !one.contains("'allow-popups'")).collect();
        ensure!(strange.is_empty(), "{strange:#?}");
        Ok(())
    })
}

#[test]
fn a_claim_s_snippet_leads_to_its_frame_and_every_claim_has_one() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/audit/")).await?;
        let ids: Vec<String> = page.eval("[...document.querySelectorAll('article.claim')].map((one) => one.id)").await?;
        for id in &ids {
            let route = format!("/embed/claim-{id}/");
            ensure!(site.registry.routes.contains(&route), "{route} is no route");
        }
        page.click("#rust-no-leaks .claim-embed summary").await?;
        page.soon(
            "a snippet",
            "document.querySelector('#rust-no-leaks textarea')?.value.includes('/embed/claim-rust-no-leaks/?v=1')",
        )
        .await
    })
}

#[test]
fn without_scripts_the_ledger_reads_and_offers_nothing_that_is_dead() -> Result<()> {
    let site = Site::start("")?;
    Session { scripts: e2e::Scripts::Off, ..Session::default() }.drive(async |page| {
        page.open_outside(&site.address("/audit/")).await?;
        let text = page.texts("body").await?.join("\n");
        for wanted in ["28 claims:", "error[E0658]", "By the rule:", "Evidence pending:"] {
            ensure!(text.contains(wanted), "{wanted} is not there");
        }
        for dead in ["Audit my machine", "Run it here", "Embed this claim", "All 28 claims are shown"] {
            ensure!(!text.contains(dead), "{dead} is there, and nothing answers");
        }
        Ok(())
    })
}

/// A lab that is opened from a claim has the claim's input.
#[test]
fn a_figure_leads_to_the_lab_with_its_input() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/audit/")).await?;
        page.click("#arena-faster .claim-evidence .figures li:last-child a").await?;
        let lab = Lab::on(page, "arena").await?;
        let nodes = lab.within("select[name=nodes]");
        page.soon("100,000 nodes", &format!("document.querySelector({}).value === '100000'", json!(nodes))).await
    })
}
