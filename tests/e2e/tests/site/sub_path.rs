//! The site under a path of its host's choosing.

use anyhow::{Context as _, Result, ensure};
use e2e::{Lab, Machine, Page, Serving, Site, Unknown, drive};

const BASE: &str = "/a/b";

/// An element stands where a reader who jumped to it would look.
async fn ensure_in_view(page: &Page, selector: &str) -> Result<()> {
    let expression = format!(
        "((box) => box.top > -5 && box.top < innerHeight / 2)(document.querySelector('{selector}').getBoundingClientRect())
         || scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
    );
    page.soon(&format!("{selector} in view"), &expression).await
}

#[test]
fn every_route_stands_under_it() -> Result<()> {
    let site = Site::start(BASE)?;
    drive(Machine::Shared, async |page| {
        for route in &site.registry.routes {
            page.open(&site.address(route)).await?;
            let stray: Vec<String> = page
                .eval("[...document.links].filter((one) => one.origin === location.origin && !one.pathname.startsWith('/a/b/')).map((one) => one.href)")
                .await?;
            ensure!(stray.is_empty(), "{route} links out of the site's path: {stray:?}");
        }
        Ok(())
    })
}

#[test]
fn home_lesson_lab_and_the_history() -> Result<()> {
    let site = Site::start(BASE)?;
    let [home, lesson, budget] = ["/", "/lessons/data/zero-copy/", "/budget/"].map(|route| site.address(route));
    drive(Machine::Shared, async |page| {
        page.open(&home).await?;
        page.click(".hero a.primary").await?;
        page.at(&lesson).await?;
        page.soon("the lesson", "document.querySelector('article.lesson')").await?;
        page.reload().await?;
        page.soon("the lesson after a reload", "document.querySelector('article.lesson')").await?;
        page.click(".site-header nav a[href$='/budget/']").await?;
        page.at(&budget).await?;
        page.soon("the budget's title", "document.title.startsWith('Latency budget')").await?;
        page.back().await?;
        page.at(&lesson).await?;
        page.soon("the lesson's title again", "document.title.startsWith('Zero-copy')").await?;
        page.back().await?;
        page.at(&home).await?;
        page.soon("home again", "document.querySelector('.hero')").await?;
        page.forward().await?;
        page.at(&lesson).await?;
        page.forward().await?;
        page.at(&budget).await?;
        page.soon("the lab again", "document.querySelector('[data-lab=latency-budget]')").await?;
        // From the history, a lab must still find its bundle.
        page.click("a.wordmark").await?;
        page.at(&home).await?;
        page.open(&site.address("/labs/self-test/")).await?;
        Lab::on(page, "self-test").await?.run().await
    })
}

#[test]
fn a_lab_reached_by_links_finds_its_bundle() -> Result<()> {
    let site = Site::start(BASE)?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/lessons/data/zero-copy/")).await?;
        page.click("a.wordmark").await?;
        page.at(&site.address("/")).await?;
        page.click(".lab-list a[href$='/labs/arena/']").await?;
        page.at(&site.address("/labs/arena/")).await?;
        let lab = Lab::on(page, "arena").await?;
        page.choose(&lab.within("select[name=nodes]"), "100").await?;
        lab.run().await?;
        lab.badge("live").await
    })
}

/// The third section of the lesson: far enough down that it does not happen to be in view.
async fn third_section(page: &Page) -> Result<String> {
    page.eval("document.querySelector('.contents li:nth-child(3) a').hash").await
}

/// Every host that may be: at the top or below a path, with the site's page for unknown addresses or with words of its own.
fn on_every_host(test: &impl AsyncFn(&Site, &Page) -> Result<()>) -> Result<()> {
    for base in ["", BASE] {
        for unknown in [Unknown::Page, Unknown::Bare] {
            let site = Site::serve(Serving { base, unknown, ..Serving::default() })?;
            drive(Machine::Shared, async |page| test(&site, page).await)
                .with_context(|| format!("under “{base}”, {unknown:?}"))?;
        }
    }
    Ok(())
}

#[test]
fn anchors_lead_within_a_lesson_and_back_and_outlive_a_reload() -> Result<()> {
    on_every_host(&async |site, page| {
        let lesson = site.address("/lessons/data/zero-copy/");
        page.open(&lesson).await?;
        let section = third_section(page).await?;
        page.click(".contents li:nth-child(3) a").await?;
        page.soon("the section in the address", &format!("location.hash === '{section}'")).await?;
        page.at(&lesson).await?;
        ensure_in_view(page, &section).await?;
        page.reload().await?;
        ensure_in_view(page, &section).await?;
        page.back().await?;
        page.soon("the lesson without a section", "location.hash === ''").await?;
        page.forward().await?;
        page.soon("the section again", &format!("location.hash === '{section}'")).await?;
        ensure_in_view(page, &section).await?;
        // As somebody else's link leads there.
        page.open(&format!("{lesson}{section}")).await?;
        ensure_in_view(page, &section).await
    })
}

#[test]
fn an_anchor_leads_into_another_page() -> Result<()> {
    on_every_host(&async |site, page| {
        page.open(&site.address("/lessons/data/zero-copy/")).await?;
        page.click(".site-header nav a[href$='#labs']").await?;
        page.at(&site.address("/")).await?;
        ensure_in_view(page, "#labs").await
    })
}

#[test]
fn who_goes_back_is_where_they_were() -> Result<()> {
    on_every_host(&async |site, page| {
        let lesson = site.address("/lessons/data/zero-copy/");
        page.open(&lesson).await?;
        page.eval::<bool>("(scrollTo(0, 1200), true)").await?;
        page.soon("the place", "scrollY > 1190").await?;
        // By a link that is pressed where it is: to look for one would scroll.
        page.eval::<bool>("(document.querySelector('a.wordmark').click(), true)").await?;
        page.at(&site.address("/")).await?;
        page.back().await?;
        page.at(&lesson).await?;
        page.soon("the place they left", "Math.abs(scrollY - 1200) < 300").await
    })
}

#[test]
fn an_unknown_address_is_said_to_be_one() -> Result<()> {
    on_every_host(&async |site, page| {
        let home = site.address("/");
        for route in ["/nothing/", "/lessons/data/nothing/"] {
            page.open_outside(&site.address(route)).await?;
            let says = format!(
                "document.body.innerText.includes('404') || [...document.links].some((one) => one.href === '{home}' && one.checkVisibility())"
            );
            page.soon("that there is no such page", &says).await?;
        }
        let errors = page.take_console_errors().await?;
        ensure!(errors.iter().all(|error| error.contains("404")), "{errors:?}");
        Ok(())
    })
}
