//! A lab's state in the address: it is restored, and whatever else stands there is survived.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};
use serde_json::json;

async fn payload(page: &Page, lab: &Lab<'_>) -> Result<(String, String, String)> {
    page.eval(&format!(
        "[...document.querySelectorAll(['payload', 'size', 'read', 'operation'].map((name) => {} + `select[name=${{name}}]`))].map((one) => one.value)",
        json!(lab.within(""))
    ))
    .await
}

async fn has_note(page: &Page, lab: &Lab<'_>) -> Result<bool> {
    page.eval(&format!("document.querySelector(\"{}\")?.checkVisibility() ?? false", lab.within(".link-note"))).await
}

#[test]
fn a_link_restores_what_was_chosen() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (slug, route) in [("latency-budget", "/budget/"), ("serialization", "/labs/serialization/")] {
            page.open(&site.address(route)).await?;
            let lab = Lab::on(page, slug).await?;
            page.choose(&lab.within("select[name=payload]"), "order").await?;
            page.choose(&lab.within("select[name=size]"), "small").await?;
            // The serialization lab’s operations hold what is read.
            let reading = if slug == "serialization" { "select[name=operation]" } else { "select[name=read]" };
            page.choose(&lab.within(reading), "field").await?;
            page.soon("the choice in the address", "location.hash.startsWith('#s=')").await?;
            let chosen = payload(page, &lab).await?;
            let link = page.address().await?;
            page.open(&site.address("/")).await?;
            page.open(&link).await?;
            let lab = Lab::on(page, slug).await?;
            ensure!(payload(page, &lab).await? == chosen, "{slug}: {chosen:?} became {:?}", payload(page, &lab).await?);
            ensure!(!has_note(page, &lab).await?, "{slug}: a sound link is called damaged");
            page.reload().await?;
            ensure!(payload(page, &lab).await? == chosen, "{slug}: reloading lost {chosen:?}");
        }
        Ok(())
    })
}

#[test]
fn a_damaged_link_gives_the_start_and_says_so() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for (slug, route) in
            [("latency-budget", "/budget/"), ("serialization", "/labs/serialization/"), ("arena", "/labs/arena/")]
        {
            page.open(&site.address(route)).await?;
            let lab = Lab::on(page, slug).await?;
            let selects = format!("[...document.querySelectorAll(\"{}\")].map((one) => one.value)", lab.within("select"));
            let start: Vec<String> = page.eval(&selects).await?;
            for fragment in ["s=!", "s=AQ", "s=AQAAAA", "s=%00%ff", "s=", "s=_____"] {
                page.open(&format!("{}#{fragment}", site.address(route))).await?;
                let lab = Lab::on(page, slug).await?;
                ensure!(has_note(page, &lab).await?, "{slug}: nothing says that #{fragment} is damaged");
                ensure!(page.eval::<Vec<String>>(&selects).await? == start, "{slug}: #{fragment} changed the start");
            }
        }
        Ok(())
    })
}

/// Bytes as anybody might send them: the same ones each time, so that a failure can be seen again.
fn noise(seed: u64) -> impl Iterator<Item = u8> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        // Marsaglia's xorshift64.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
}

#[test]
fn random_bytes_are_survived() -> Result<()> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for seed in 1..=24_u64 {
            let length = usize::try_from(seed * seed)?;
            let noise: String =
                noise(seed).take(length).map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()])).collect();
            // Half of them begin like a sound link: version 1.
            let fragment = if seed % 2 == 0 { format!("s=AQ{noise}") } else { format!("s={noise}") };
            page.open(&format!("{}#{fragment}", site.address("/budget/"))).await?;
            let lab = Lab::on(page, "latency-budget").await?;
            ensure!(lab.state().await? == "idle", "#{fragment}: data-state is “{}”", lab.state().await?);
            page.ensure_quiet().await?;
        }
        Ok(())
    })
}
