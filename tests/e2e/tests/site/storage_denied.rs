//! A page that may store nothing: private windows, sandboxed frames. Everything works, for as long as the page stands.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Site, drive_with};

/// As a browser denies it: the property itself throws.
const DENIED: &str = "
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });";

#[test]
fn the_page_and_its_labs_work_without_storage() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[DENIED], async |page| {
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
        }
        page.open(&site.address("/labs/self-test/")).await?;
        Lab::on(page, "self-test").await?.run().await
    })
}

#[test]
fn the_theme_button_works_without_storage() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[DENIED], async |page| {
        page.open(&site.address("/")).await?;
        let mut grounds = Vec::new();
        for theme in ["light", "dark", "auto"] {
            page.click("button.theme").await?;
            page.soon(theme, &format!("document.documentElement.dataset.theme === '{theme}'")).await?;
            grounds.push(page.eval::<String>("getComputedStyle(document.documentElement).backgroundColor").await?);
        }
        ensure!(grounds[0] != grounds[1], "light and dark have the same ground, {}", grounds[0]);
        Ok(())
    })
}

#[test]
fn with_storage_the_theme_is_kept() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &[], async |page| {
        page.open(&site.address("/")).await?;
        page.click("button.theme").await?;
        page.click("button.theme").await?;
        page.open(&site.address("/budget/")).await?;
        page.soon("the dark theme again", "document.documentElement.dataset.theme === 'dark'").await
    })
}
