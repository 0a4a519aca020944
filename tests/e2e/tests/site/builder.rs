//! The embed builder: what it gives leads to pages that exist, it can be copied, and its previews are of this very site.

use anyhow::{Context as _, Result, ensure};
use e2e::{
    ANY_ORIGIN, Frame, Frames, Host, HostName, HostPage, Key, Lab, Machine, Page, Policy, Serving, Session, Site, drive, figure,
};
use serde_json::json;
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// Places to write in that take a frame, and one that takes none.
const FRAMES: [&str; 3] = ["html", "ghost", "wordpress"];
const PICTURE: &str = "picture";

async fn open(page: &Page, site: &Site, query: &str) -> Result<()> {
    page.open(&site.address(&format!("/embed/{query}"))).await?;
    page.soon("a snippet", "document.querySelector('textarea[name=snippet]')?.value").await
}

/// Picks a place to write in; the radio button is drawn by its label.
async fn write_in(page: &Page, place: &str) -> Result<()> {
    page.click(&format!("label:has(input[name=builder-where][value={place}])")).await?;
    page.soon(place, &format!("document.querySelector('input[name=builder-where][value={place}]').checked")).await
}

async fn snippet(page: &Page, name: &str) -> Result<String> {
    page.eval(&format!("document.querySelector('textarea[name={name}]').value")).await
}

/// What a browser makes of a pasted text: an attribute of its first such element. It is read in a document of another kind, where nothing loads
/// and where the site's policy has no inline styles to refuse.
async fn pasted(page: &Page, html: &str, selector: &str, attribute: &str) -> Result<String> {
    page.eval(&format!(
        "(({{ html, selector, attribute }}) => {{
           const tag = html.match(new RegExp('<' + selector + '\\\\b[^>]*>'))[0].replace(/ style=\"[^\"]*\"/, '');
           return new DOMParser().parseFromString(tag, 'text/html').querySelector(selector).getAttribute(attribute);
         }})({})",
        json!({ "html": html, "selector": selector, "attribute": attribute }),
    ))
    .await
}

#[test]
fn every_lab_in_every_place_leads_to_a_page_that_exists() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for lab in site.registry.labs.iter().filter(|lab| lab.listed) {
            open(page, &site, &format!("?lab={}", lab.slug)).await?;
            let presets: Vec<String> =
                page.eval("[...document.querySelector('select[name=builder-preset]').options].map((one) => one.value)").await?;
            ensure!(presets.len() > 1, "{} offers no preset", lab.slug);
            for preset in presets {
                page.choose("select[name=builder-preset]", &preset).await?;
                let folder = if preset.is_empty() { lab.slug.clone() } else { format!("{}/{preset}", lab.slug) };
                page.soon(
                    &format!("a snippet of {folder}"),
                    &format!("document.querySelector('textarea[name=snippet]').value.includes('/embed/{folder}/?v=1')"),
                )
                .await?;
                for place in FRAMES {
                    write_in(page, place).await?;
                    let address = pasted(page, &snippet(page, "snippet").await?, "iframe", "src").await?;
                    let route = site.route(&address).unwrap_or_default();
                    ensure!(site.registry.routes.iter().any(|one| one == route), "{place}: {address} leads nowhere");
                }
                write_in(page, "hugo").await?;
                let shortcode = snippet(page, "snippet").await?;
                ensure!(shortcode.contains(&format!("src=\"{}", site.address(&format!("/embed/{folder}/?v=1")))), "{shortcode}");
                ensure!(snippet(page, "snippet-shortcode").await?.contains("{{ .Get \"src\" }}"));
                write_in(page, PICTURE).await?;
                let link = pasted(page, &snippet(page, "snippet").await?, "a", "href").await?;
                ensure!(site.route(&link) == Some(lab.route.as_str()), "the picture leads to {link}, not to {}", lab.route);
                write_in(page, "html").await?;
            }
        }
        Ok(())
    })
}

#[test]
fn a_picture_s_words_hold_the_numbers_and_it_can_be_saved() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for lab in site.registry.labs.iter().filter(|lab| lab.listed) {
            open(page, &site, &format!("?lab={}&where={PICTURE}", lab.slug)).await?;
            page.soon("a picture", "!document.querySelector('[data-action=save-svg]').disabled").await?;
            let alternative = pasted(page, &snippet(page, "snippet").await?, "img", "alt").await?;
            ensure!(alternative.contains("95 % interval") == lab.timed, "{}: {alternative}", lab.slug);
            ensure!(alternative.contains("Recorded: "), "{}: {alternative}", lab.slug);
            for (action, ending) in [("save-svg", "svg"), ("save-png", "png")] {
                page.click(&format!("[data-action={action}]")).await?;
                let name = format!("Saved as ferroscope-{}.{ending}.", lab.slug);
                page.soon(&name, &format!("document.querySelector('.saved').innerText === {}", json!(name))).await?;
            }
        }
        Ok(())
    })
}

/// The frame that the builder gives is high enough to hold Run before it has told its height, with as much of the lab as shows Run at all.
#[test]
fn run_lies_within_the_builder_s_frame() -> Result<()> {
    let site = Site::serve(Serving { headers: vec![ANY_ORIGIN], ..Serving::default() })?;
    Session { frames: Frames::Together, ..Session::default() }.drive(async |page| {
        let mut outside = Vec::new();
        for lab in site.registry.labs.iter().filter(|lab| lab.listed) {
            for ui in ["full", "min"] {
                open(page, &site, &format!("?lab={}&ui={ui}", lab.slug)).await?;
                let html = snippet(page, "snippet").await?;
                let height: u32 = pasted(page, &html, "iframe", "height").await?.parse()?;
                let address = pasted(page, &html, "iframe", "src").await?;
                let frame = Frame { height, sandbox: Some("allow-scripts"), ..Frame::of(address) };
                let host = Host::start(HostName::Word, HostPage::Silent, Policy::Strict, &[frame])?;
                page.open_host(&host.address()).await?;
                page.embed(0).ready().await?;
                let bottom: f64 = page
                    .embed(0)
                    .within(async |page| {
                        page.eval("document.querySelector('[data-action=run]').getBoundingClientRect().bottom").await
                    })
                    .await?;
                figure(&format!("Run in {}, {ui}", lab.slug), &format!("ends at {bottom:.0} of {height} px"));
                if bottom > f64::from(height) {
                    outside.push(format!("{} {ui}: {bottom:.0} of {height}", lab.slug));
                }
            }
        }
        ensure!(outside.is_empty(), "Run lies outside: {outside:?}");
        Ok(())
    })
}

/// A file that the browser saves, once it is whole: Chromium keeps its name with an empty file, writes to another, and
/// renames that one over it.
async fn saved(page: &Page, folder: &Path, name: &str) -> Result<Vec<u8>> {
    let (file, began) = (folder.join(name), Instant::now());
    while fs::metadata(&file).map_or(0, |file| file.len()) == 0 {
        ensure!(began.elapsed() < Duration::from_secs(30), "{name} was not saved, or nothing is in it");
        page.eval_async::<bool>("new Promise((done) => requestAnimationFrame(() => done(true)))").await?;
    }
    let bytes = fs::read(&file)?;
    fs::remove_file(&file)?;
    Ok(bytes)
}

/// The picture holds each value that the lab shows, and says whose it is.
fn ensure_own(svg: &str, values: &[String]) -> Result<()> {
    ensure!(svg.starts_with("<svg") && svg.contains("</svg>"), "{}", svg.get(..80).unwrap_or(svg));
    let lacking: Vec<_> = values.iter().filter(|value| !svg.contains(&value.replace('<', "&lt;"))).collect();
    ensure!(!values.is_empty() && lacking.is_empty(), "the picture lacks {lacking:?} of {values:?}");
    ensure!(svg.contains("Chromium") && !svg.contains("Recorded: "), "it does not say that it was measured here");
    Ok(())
}

#[test]
fn an_author_s_own_result_is_saved_as_svg_and_png_with_its_words() -> Result<()> {
    let site = Site::start("")?;
    let folder = tempfile::tempdir()?;
    drive(Machine::Shared, async |page| {
        page.command("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder.path() })).await?;
        page.open(&site.address("/labs/arena/")).await?;
        let lab = Lab::on(page, "arena").await?;
        page.choose(&lab.within("select[name=nodes]"), "1000").await?;
        lab.run().await?;
        lab.badge("live").await?;
        let values = format!(
            "[...document.querySelectorAll({})].map((one) => one.innerText).filter((text) => text !== '–')",
            json!(lab.within(".bar-value"))
        );
        let values: Vec<String> = page.eval(&values).await?;
        lab.press("save-svg").await?;
        ensure_own(&String::from_utf8(saved(page, folder.path(), "ferroscope-arena.svg").await?)?, &values)?;
        lab.press("save-png").await?;
        ensure_png(&saved(page, folder.path(), "ferroscope-arena.png").await?)?;
        let words = lab.copied("copy-alternative").await?;
        ensure!(words.contains("95 % interval") && !words.contains("Recorded: "), "{words}");

        // The builder gets the same result, and gives the same picture.
        lab.press("embed").await?;
        page.soon("the builder", "document.querySelector('select[name=builder-first]')?.value === 'mine'").await?;
        write_in(page, PICTURE).await?;
        page.soon("a picture", "!document.querySelector('[data-action=save-svg]').disabled").await?;
        page.click("[data-action=save-svg]").await?;
        ensure_own(&String::from_utf8(saved(page, folder.path(), "ferroscope-arena.svg").await?)?, &values)?;
        page.click("[data-action=save-png]").await?;
        ensure_png(&saved(page, folder.path(), "ferroscope-arena.png").await?)?;
        let alternative = pasted(page, &snippet(page, "snippet").await?, "img", "alt").await?;
        ensure!(alternative.contains("95 % interval") && !alternative.contains("Recorded: "), "{alternative}");
        Ok(())
    })
}

/// A PNG of the picture's shape, twice as dense.
fn ensure_png(bytes: &[u8]) -> Result<()> {
    ensure!(
        bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB\x60\x82"),
        "no whole PNG, {} bytes",
        bytes.len()
    );
    let width = bytes.get(16..20).and_then(|width| width.try_into().ok()).map(u32::from_be_bytes);
    ensure!(width.is_some_and(|width| width >= 1200), "it is {width:?} wide");
    Ok(())
}

#[test]
fn copying_and_a_denied_clipboard() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        open(page, &site, "").await?;
        // The clipboard is denied in tests: the text is selected instead, and that is said.
        page.click("[data-action=copy-snippet]").await?;
        page.soon("a word on it", "document.querySelector('.copy-field .copied').innerText.includes('select the text')").await?;
        let selected: bool = page
            .eval(
                "((field) => document.activeElement === field && field.readOnly && field.selectionStart === 0 \
                 && field.selectionEnd === field.value.length)(document.querySelector('textarea[name=snippet]'))",
            )
            .await?;
        ensure!(selected, "the text is not selected as a whole");
        // Where it is not, the clipboard gets that very text.
        page.eval::<bool>("(navigator.clipboard.writeText = async (text) => { window.copied = text; }, true)").await?;
        page.click("[data-action=copy-snippet]").await?;
        page.soon("the copy", "window.copied === document.querySelector('textarea[name=snippet]').value").await
    })
}

#[test]
fn previews_are_of_this_site_and_load() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        open(page, &site, "?lab=arena").await?;
        for name in ["light", "dark", "narrow"] {
            let frame = format!("document.querySelector('iframe[name=preview-{name}]')");
            page.eval::<bool>(&format!("({frame}.scrollIntoView(), true)")).await?;
            page.soon(&format!("the {name} preview"), &format!("!!{frame}.contentDocument?.querySelector('[data-lab=arena]')"))
                .await?;
        }
        let widths: Vec<u32> =
            page.eval("[...document.querySelectorAll('.preview iframe')].map((one) => one.clientWidth)").await?;
        ensure!(widths[2] == 320, "the third preview is {} wide", widths[2]);
        Ok(())
    })
}

#[test]
fn the_builder_s_address_brings_its_state_back() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        open(page, &site, "").await?;
        page.choose("select[name=builder-lab]", "arena").await?;
        page.choose("select[name=builder-theme]", "dark").await?;
        page.eval::<bool>(
            "((field) => { field.value = '150'; return field.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('input[name=builder-scale]'))",
        )
        .await?;
        write_in(page, "hugo").await?;
        let before = snippet(page, "snippet").await?;
        ensure!(before.contains("/embed/arena/") && before.contains("theme=dark") && before.contains("scale=1.5"), "{before}");
        page.reload().await?;
        page.soon("the same snippet", &format!("document.querySelector('textarea[name=snippet]')?.value === {}", json!(before)))
            .await
    })
}

#[test]
fn a_lab_hands_its_state_to_the_builder() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/serialization/")).await?;
        let lab = Lab::on(page, "serialization").await?;
        page.choose(&lab.within("select[name=payload]"), "order").await?;
        page.click(&lab.within("[data-action=embed]")).await?;
        page.soon("the builder", "document.querySelector('textarea[name=snippet]')?.value.includes('/embed/serialization/')")
            .await?;
        let address = pasted(page, &snippet(page, "snippet").await?, "iframe", "src").await?;
        ensure!(address.contains("#s="), "the lab's choice is not in {address}");
        Ok(())
    })
}

#[test]
fn with_the_keyboard_alone() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        open(page, &site, "").await?;
        page.focus("select[name=builder-lab]").await?;
        page.press(Key::Down.value().to_string()).await?;
        page.soon("the next lab", "!document.querySelector('textarea[name=snippet]').value.includes('/embed/latency-budget/')")
            .await?;
        page.focus("input[name=builder-where]:checked").await?;
        page.press(Key::Right.value().to_string().repeat(3)).await?;
        page.soon("a shortcode", "document.querySelector('textarea[name=snippet]').value.startsWith('{{<')").await?;
        // From there Tab leads to the text and then to its button.
        page.press(Key::Tab.value().to_string()).await?;
        page.soon("the focus on the text", "document.activeElement.name === 'snippet'").await?;
        page.press(Key::Tab.value().to_string()).await?;
        page.soon("the focus on its button", "document.activeElement.dataset.action === 'copy-snippet'").await
    })
}

/// What a host finds that follows an embed's address: its oEmbed document, whose frame and picture are there.
#[test]
fn an_embed_s_document_leads_to_its_frame_and_its_picture() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        for entry in site.registry.embeds()? {
            page.open(&site.address(&entry.route())).await?;
            let fault: Option<String> = page
                .eval_async(
                    "(async () => {
                       const link = document.querySelector('link[rel=alternate][type=\"application/json+oembed\"]');
                       if (!link) return 'no link to a document';
                       const answer = await fetch(link.href);
                       if (!answer.ok) return `${link.href}: ${answer.status}`;
                       const { type, version, html, thumbnail_url, thumbnail_width } = await answer.json();
                       if (type !== 'rich' || version !== '1.0') return `it is ${type} ${version}`;
                       const tag = html.replace(/ style=\"[^\"]*\"/, '');
                       const src = new DOMParser().parseFromString(tag, 'text/html').querySelector('iframe').getAttribute('src');
                       const frame = new URL(src, location.href);
                       if (frame.pathname !== location.pathname) return `its frame is ${frame}`;
                       const framed = await fetch(frame);
                       if (!framed.ok || !(await framed.text()).includes('data-embed')) return `no frame at ${frame}`;
                       const picture = new Image();
                       picture.src = new URL(thumbnail_url, location.href);
                       await picture.decode();
                       return picture.naturalWidth === thumbnail_width ? null : `its picture is ${picture.naturalWidth} wide`;
                     })()",
                )
                .await
                .with_context(|| entry.route())?;
            ensure!(fault.is_none(), "{}: {fault:?}", entry.route());
        }
        Ok(())
    })
}

/// A site that is known under another address than the one it runs at names that one to whoever copies.
#[test]
fn what_is_copied_names_the_public_address() -> Result<()> {
    const PUBLIC: &str = "https://ferroscope.example/x/";
    let site = Site::start("")?;
    let folder = site.copy()?;
    for file in ["labs/arena/index.html", "embed/index.html"] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path)?;
        let told = text.replace("\"public\":null", &format!("\"public\":\"{PUBLIC}\""));
        ensure!(told != text, "{file} does not say where the site stands");
        fs::write(path, told)?;
    }
    site.show(folder.path());
    drive(Machine::Shared, async |page| {
        page.open(&site.address("/labs/arena/")).await?;
        let link = Lab::on(page, "arena").await?.copied("copy-link").await?;
        ensure!(link.starts_with(&format!("{PUBLIC}labs/arena/")), "{link}");
        open(page, &site, "?lab=arena").await?;
        let address = pasted(page, &snippet(page, "snippet").await?, "iframe", "src").await?;
        ensure!(address.starts_with(&format!("{PUBLIC}embed/arena/?v=1")), "{address}");
        Ok(())
    })
}
