//! The layout lab: rows and columns are timed; the catalogue is asked of the compiled types, and hides a size until the reader has looked.

use anyhow::{Result, ensure};
use e2e::{Lab, Machine, Page, Site, drive};
use serde_json::json;

const CATALOGUE: &str = ".layout-catalogue";

async fn text(page: &Page, selector: &str) -> Result<String> {
    page.eval(&format!("document.querySelector({}).innerText", json!(selector))).await
}

/// The text of an element, once it says this.
async fn says(page: &Page, selector: &str, words: &str) -> Result<String> {
    page.soon(words, &format!("document.querySelector({})?.innerText.includes({})", json!(selector), json!(words))).await?;
    text(page, selector).await
}

#[test]
fn the_layout_lab_runs_and_its_catalogue_answers_from_compiled_types() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/layout/")).await?;
        let lab = Lab::on(page, "layout").await?;
        page.click(&format!("{CATALOGUE} [data-action=open-catalogue]")).await?;
        let options =
            format!("document.querySelectorAll({}).length >= 40", json!(format!("{CATALOGUE} select[name=layout-type] option")));
        page.soon("some forty types", &options).await?;
        // The worker has 32-bit addresses, whatever machine built it.
        let machines = text(page, &format!("{CATALOGUE} select[name=layout-machine]")).await?;
        ensure!(machines.contains("wasm32, 32-bit"), "{machines}");
        let number = "((select) => [...select.options].find((one) => one.innerText.endsWith(': InOrder')).value)(document.querySelector('select[name=layout-type]'))";
        let in_order: String = page.eval(number).await?;
        page.choose(&format!("{CATALOGUE} select[name=layout-type]"), &in_order).await?;
        let chosen = says(page, ".layout-chosen", "struct InOrder").await?;
        ensure!(!chosen.contains("padding"), "the size was told before the reader asked: {chosen}");
        page.click(&format!("{CATALOGUE} [data-action=show-layout]")).await?;
        // repr(C), and a u64 is aligned to eight in Wasm too.
        says(page, ".layout-finding", "InOrder takes 24 bytes, at addresses that are multiples of 8; 10 of them padding").await?;
        // A guess is set against the compiled size; what stands beside is told with it.
        let option = |name: &str| {
            format!(
                "((select) => [...select.options].find((one) => one.innerText.endsWith(': {name}')).value)(document.querySelector('select[name=layout-type]'))"
            )
        };
        let shape: String = page.eval(&option("Shape")).await?;
        page.choose(&format!("{CATALOGUE} select[name=layout-type]"), &shape).await?;
        page.choose(&format!("{CATALOGUE} select[name=layout-beside]"), &in_order).await?;
        ensure!(text(page, ".layout-pair").await?.matches("bytes").count() == 0, "a size was told before the guess");
        page.focus(&format!("{CATALOGUE} [name=layout-guess]")).await?;
        page.press("16").await?;
        page.click(&format!("{CATALOGUE} [data-action=show-layout]")).await?;
        says(page, ".layout-finding", "You guessed 16 bytes. Shape takes 24 bytes").await?;
        says(page, ".layout-beside", "24 bytes; as many as Shape").await?;
        // Both machines, as the table of all types and as the chosen type's own.
        page.click(&format!("{CATALOGUE} .layout-all summary")).await?;
        let row = says(page, &format!("{CATALOGUE} .layout-all"), "wasm32: size / alignment").await?;
        let sizes = |name: &str| -> Vec<String> {
            let line = row.lines().find(|line| line.split('\t').next().is_some_and(|cell| cell.trim() == name));
            line.map(|line| line.split('\t').skip(2).map(|cell| cell.trim().to_owned()).collect()).unwrap_or_default()
        };
        ensure!(sizes("&str").first().is_some_and(|here| here == "8 / 4"), "{row}");
        let on_builder: String = page.eval("document.querySelector('select[name=layout-machine]').options[1].innerText").await?;
        if on_builder.contains("64-bit") {
            ensure!(sizes("&str").get(1).is_some_and(|there| there == "16 / 8"), "{row}");
        }
        page.choose(&format!("{CATALOGUE} select[name=layout-type]"), &in_order).await?;
        // One field moved, and another compiled type answers.
        page.click(&format!("{CATALOGUE} [data-action=move-up-1]")).await?;
        says(page, CATALOGUE, "no order is smaller").await?;
        ensure!(lab.state().await? == "idle", "the catalogue started a run");
        page.choose(&lab.within("select[name=items]"), "1000").await?;
        lab.run().await?;
        let remark = text(page, &lab.within(".remark")).await?;
        ensure!(remark.contains("Cache lines touched"), "{remark}");
        page.ensure_quiet().await
    })
}

#[test]
fn a_link_brings_the_type_the_machine_and_the_order_back() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/layout/")).await?;
        Lab::on(page, "layout").await?;
        page.click(&format!("{CATALOGUE} [data-action=open-catalogue]")).await?;
        let named = |name: &str| {
            format!(
                "((select) => [...select.options].find((one) => one.innerText.endsWith(': {name}'))?.value)(document.querySelector('select[name=layout-type]'))"
            )
        };
        page.soon("the catalogue", &named("InOrder")).await?;
        let in_order: String = page.eval(&named("InOrder")).await?;
        page.choose(&format!("{CATALOGUE} select[name=layout-type]"), &in_order).await?;
        page.choose(&format!("{CATALOGUE} select[name=layout-machine]"), "1").await?;
        let free: String = page.eval(&named("Free")).await?;
        page.choose(&format!("{CATALOGUE} select[name=layout-beside]"), &free).await?;
        page.click(&format!("{CATALOGUE} [data-action=move-up-1]")).await?;
        page.soon("the choice in the address", "location.hash.startsWith('#s=')").await?;
        let link: String = page.eval("location.href").await?;
        let order = "[...document.querySelectorAll('.layout-order code')].map((one) => one.innerText).join()";
        let moved: String = page.eval(order).await?;
        ensure!(moved == "id,open,kind,amount", "{moved}");

        page.open(&link).await?;
        Lab::on(page, "layout").await?;
        ensure!(
            page.eval::<bool>("document.querySelector('.layout-open').hidden").await?,
            "a link opened the catalogue by itself"
        );
        page.click(&format!("{CATALOGUE} [data-action=open-catalogue]")).await?;
        says(page, ".layout-chosen", "struct InOrder").await?;
        ensure!(page.eval::<String>(order).await? == moved, "the order is another one");
        let beside = "((select) => select.selectedOptions[0].innerText)(document.querySelector('select[name=layout-beside]'))";
        page.soon("what stands beside", &format!("{beside}.endsWith(': Free')")).await?;
        ensure!(
            page.eval::<String>("document.querySelector('select[name=layout-machine]').value").await? == "1",
            "another machine"
        );
        page.ensure_quiet().await
    })
}
