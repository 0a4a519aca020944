//! What an author's page has of an embed: the script that gives each frame its height, and what a sandboxed frame shows where it may neither copy
//! nor save.

use anyhow::{Context as _, Result, ensure};
use e2e::{
    ANY_ORIGIN, Embed, Engine, Frame, Frames, Host, HostName, HostPage, Lab, Machine, Page, Policy, Serving, Session, Site, drive,
};

const LAB: &str = "arena";

/// As the builder's snippets have it.
const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

fn sandboxed_site() -> Result<Site> {
    Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })
}

fn frame(site: &Site, query: &str) -> Result<Frame> {
    let address = site.address(&site.registry.embed(LAB)?.route()) + query;
    Ok(Frame { sandbox: Some(SANDBOX), allow: None, ..Frame::of(address) })
}

/// Waits until a frame is as high as what is in it, and gives that height.
async fn fits(page: &Page, number: u16) -> Result<f64> {
    // What is not in sight browsers do not draw, nor tell it how high it is.
    page.eval::<bool>(&format!("(document.querySelectorAll('iframe')[{number}].scrollIntoView(), true)")).await?;
    // Before its app stands there, a frame is as high as what needs no scripts.
    let app = async |page: &Page| page.soon("the frame's app", "!document.getElementById('prerendered')").await;
    page.embed(number).within(app).await?;
    let height = format!("document.querySelector('{}').offsetHeight", Embed::ROOT);
    // Each side is waited for: the content may grow while the message is on its way.
    for _ in 0..50 {
        let wanted: f64 = page.embed(number).within(async |page| page.eval(&height).await).await?;
        let set = format!("Math.abs(document.querySelectorAll('iframe')[{number}].clientHeight - {wanted}) < 1.5");
        page.soon(&format!("frame {number} to be {wanted} px high"), &set).await?;
        let now: f64 = page.embed(number).within(async |page| page.eval(&height).await).await?;
        if (now - wanted).abs() < 0.5 {
            return Ok(now);
        }
    }
    anyhow::bail!("what is in frame {number} never stands still")
}

fn frames_get_their_heights(engine: Engine, policy: Policy) -> Result<()> {
    let site = sandboxed_site()?;
    let frames = [frame(&site, "?v=1")?, Frame { width: 320, ..frame(&site, "?v=1&ui=chart")? }];
    let host = Host::start(HostName::Word, HostPage::Adjusting, policy, &frames)?;
    Session { engine, ..Session::default() }.drive(async |page| {
        page.open_host(&host.address()).await?;
        page.embed(0).ready().await?;
        let (before, other) = (fits(page, 0).await?, fits(page, 1).await?);
        ensure!((before - 640.0).abs() > 1.0 && (before - other).abs() > 1.0, "both frames are as high as they were written");
        let scrolls = "document.documentElement.scrollHeight > innerHeight + 1";
        ensure!(!page.embed(0).within(async |page| page.eval::<bool>(scrolls).await).await?, "the frame still scrolls");
        // More of it, and its frame grows with it; the other one stays.
        let opened = "[...document.querySelectorAll('details')].filter((one) => one.checkVisibility()).map((one) => one.open = true).length
            + Number(document.documentElement.style.setProperty('font-size', '150%') === undefined)";
        ensure!(page.embed(0).within(async |page| page.eval::<u32>(opened).await).await? > 0);
        let after = fits(page, 0).await?;
        ensure!(after > before + 20.0, "the frame grew from {before} to {after} px only");
        ensure!((fits(page, 1).await? - other).abs() < 1.0, "the other frame changed with it");
        Ok(())
    })
}

#[test]
fn the_host_script_gives_each_frame_its_height_in_chromium() -> Result<()> {
    frames_get_their_heights(Engine::Chromium, Policy::Strict)
}

#[test]
fn the_host_script_gives_each_frame_its_height_in_firefox() -> Result<()> {
    frames_get_their_heights(Engine::Firefox, Policy::Strict)
}

#[test]
fn the_host_script_is_under_a_kilobyte_and_heeds_no_one_but_its_frames() -> Result<()> {
    let site = sandboxed_site()?;
    let host = Host::start(HostName::Word, HostPage::Adjusting, Policy::None, &[frame(&site, "?v=1")?])?;
    drive(Machine::Shared, async |page| {
        page.open_host(&host.address()).await?;
        let bytes =
            "fetch(document.querySelector('script[src]').src).then((one) => one.arrayBuffer()).then((one) => one.byteLength)";
        let bytes: usize = page.eval_async(bytes).await?;
        ensure!(bytes > 100 && bytes < 1000, "{bytes} bytes");
        page.embed(0).ready().await?;
        fits(page, 0).await?;
        let watched = "((frame) => { window.heights = []; new MutationObserver(() => heights.push(frame.style.height)).observe(frame, { attributeFilter: ['style'] }); return true; })";
        page.eval::<bool>(&format!("{watched}(document.querySelectorAll('iframe')[0])")).await?;
        // Its own page's messages and a frame's nonsense; the last is answered, so that all were heard.
        let message = |height: &str| format!("{{ ns: 'ferroscope', v: 1, type: 'resize', height: {height} }}");
        page.eval_async::<bool>(&format!(
            "new Promise((done) => {{ addEventListener('message', ({{ data }}) => data === 'last' && done(true)); postMessage({}, '*'); postMessage('last', '*'); }})",
            message("500")
        ))
        .await?;
        for height in ["1e9", "-5", "'900px'", "NaN", "{}", "null"] {
            let told = format!("(parent.postMessage({}, '*'), true)", message(height));
            page.embed(0).within(async |page| page.eval::<bool>(&told).await).await?;
        }
        let told = format!("(parent.postMessage({}, '*'), true)", message("777.2"));
        page.embed(0).within(async |page| page.eval::<bool>(&told).await).await?;
        page.soon("the height that made sense", "heights.includes('778px')").await?;
        let heights: Vec<String> = page.eval("heights").await?;
        ensure!(heights == ["778px"], "the frame was made {heights:?}");
        Ok(())
    })
}

/// The text that stands beside a button after a press, to be selected and copied by hand; none if the browser has copied it all the same.
async fn shown_beside(page: &Page, action: &str) -> Result<Option<String>> {
    page.click(&format!("[data-action={action}]")).await?;
    let beside = format!(
        "((button) => {{ for (let one = button.nextElementSibling; one; one = one.nextElementSibling) {{
             const text = one.matches('textarea') ? one : one.querySelector('textarea');
             if (text?.checkVisibility() && text.value) return text;
             if (one.innerText === 'Copied.') return one;
           }} }})(document.querySelector('[data-action={action}]'))"
    );
    page.soon(&format!("a text beside {action}"), &beside).await?;
    if page.eval::<bool>(&format!("{beside}.tagName !== 'TEXTAREA'")).await? {
        return Ok(None);
    }
    let selectable =
        "(text.focus(), text.select(), text.selectionEnd - text.selectionStart === text.value.length && !text.disabled)";
    ensure!(page.eval::<bool>(&format!("((text) => {selectable})({beside})")).await?, "{action}: the text cannot be selected");
    page.eval(&format!("{beside}.value")).await
}

/// No permission, no downloads: what `sandbox="allow-scripts"` alone leaves. Firefox lets a sandboxed frame copy after a press; there nothing has to
/// be shown.
fn nothing_is_a_dead_button(engine: Engine) -> Result<()> {
    let site = sandboxed_site()?;
    let frame = Frame { sandbox: Some("allow-scripts"), ..frame(&site, "?v=1")? };
    let host = Host::start(HostName::Word, HostPage::Silent, Policy::Strict, &[frame])?;
    Session { engine, frames: Frames::Together, ..Session::default() }.drive(async |page| {
        page.open_host(&host.address()).await?;
        page.embed(0).ready().await?;
        page.embed(0).run(LAB).await?;
        page.embed(0)
            .within(async |page| {
                let link = shown_beside(page, "copy-link").await?;
                ensure!(link.is_some() || engine == Engine::Firefox, "a frame without permission has copied");
                if let Some(link) = link {
                    ensure!(link.starts_with(&site.address(&site.registry.lab(LAB)?.route)), "the link is {link}");
                    let result = Lab::on(page, LAB).await?.result().await?;
                    ensure!(result.lab == LAB && !result.rows.is_empty(), "the JSON is of {}", result.lab);
                }
                let svg = shown_beside(page, "save-svg").await?.context("no SVG is shown")?;
                ensure!(svg.starts_with("<svg") && svg.contains(" ns"), "{}", svg.get(..80).unwrap_or(&svg));
                page.click("[data-action=save-png]").await?;
                page.soon("the picture itself", "document.querySelector('img.saved-picture')?.naturalWidth > 500").await?;
                let alternative: String = page.eval("document.querySelector('img.saved-picture').alt").await?;
                ensure!(alternative.contains("95 % interval"), "{alternative}");
                let words = page.text(".saved").await?;
                ensure!(words.contains("may not save"), "{words}");
                let named = shown_beside(page, "copy-alternative").await?;
                ensure!(named.is_none_or(|named| named == alternative), "other words are copied than shown");
                Ok(())
            })
            .await?;
        // Chromium says so on the console whenever it refuses the clipboard.
        let errors = page.take_console_errors().await?;
        ensure!(errors.iter().all(|error| error.contains("The Clipboard API has been blocked")), "{errors:?}");
        Ok(())
    })
}

#[test]
fn where_a_frame_may_not_copy_or_save_it_shows_what_it_would_have_in_chromium() -> Result<()> {
    nothing_is_a_dead_button(Engine::Chromium)
}

#[test]
fn where_a_frame_may_not_copy_or_save_it_shows_what_it_would_have_in_firefox() -> Result<()> {
    nothing_is_a_dead_button(Engine::Firefox)
}
