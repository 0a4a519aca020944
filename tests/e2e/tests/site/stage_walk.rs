//! Every lesson and every lab on the stage from its first beat to its last, by the clicker alone: nothing is too small, nothing is cut off, and what a view
//! does not hold comes with the next press.

use crate::stage::enter;
use anyhow::{Result, bail, ensure};
use e2e::{Key, Machine, Page, Site, drive, figure};

/// For every text that is seen on the present screen: its size in pixels as drawn, and whether it is in a drawing or outside the safe area.
const TEXTS: &str = "(() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const foot = document.querySelector('.stage-strip').getBoundingClientRect().top;
  const texts = [];
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.checkVisibility({ checkVisibilityCSS: true }) || one.closest('.visually-hidden, option')) continue;
    const range = document.createRange();
    range.selectNode(walker.currentNode);
    const box = range.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(one).fontSize) * (one.currentCSSZoom ?? 1);
    const cut = box.left < 0.05 * innerWidth - 1 || box.right > 0.95 * innerWidth + 1;
    texts.push({ size, cut, high: box.top < 0.05 * innerHeight - 1, low: box.bottom > Math.min(0.95 * innerHeight, foot) + 1, least: one.closest('svg') ? 20 : 24, what: one.tagName + '.' + one.className + ': ' + walker.currentNode.data.trim().slice(0, 40) });
  }
  return texts;
})()";

/// Whether there is nothing above, and nothing below what is seen: a tall screen is moved up by the clicker.
const EDGES: &str = "(() => {
  const main = document.querySelector('main');
  return [document.querySelector('#stage').dataset.down === '0', main.scrollTop + main.clientHeight + 1 >= main.scrollHeight];
})()";

#[derive(serde::Deserialize)]
struct Text {
    size: f64,
    cut: bool,
    high: bool,
    low: bool,
    /// The smallest that is allowed there, in pixels.
    least: f64,
    what: String,
}

/// All of the present screen is legible and can be seen at once. The smallest type, in text and in drawings.
pub async fn ensure_legible(page: &Page, place: &str) -> Result<(f64, f64)> {
    let texts: Vec<Text> = page.eval(TEXTS).await?;
    let faults = faults(&texts, (true, true));
    ensure!(faults.is_empty(), "{place}: {faults:?}");
    let smallest = |drawn: bool| {
        let alike = texts.iter().filter(|text| (text.least < 24.0) == drawn);
        alike.map(|text| text.size).fold(f64::INFINITY, f64::min)
    };
    Ok((smallest(false), smallest(true)))
}

/// What is wrong with the texts of a screen that begins, and ends, with what is seen of it.
fn faults(texts: &[Text], (begins, ends): (bool, bool)) -> Vec<String> {
    if texts.is_empty() {
        return vec!["nothing is shown".to_owned()];
    }
    let small = |text: &&Text| text.size < text.least;
    let outside = |text: &&Text| text.cut || text.high && begins || text.low && ends;
    let named = texts.iter().filter(small).map(|text| format!("{} px {}", text.size, text.what));
    named.chain(texts.iter().filter(outside).map(|text| format!("outside the safe area: {}", text.what))).collect()
}

/// What the hall sees and where the talk is: whether a press did anything.
const PLACE: &str = "(({ step, down, next, over }) => [step, down, next, over, document.querySelector('main').innerText,
  document.querySelector('.memory-canvas')?.dataset.moment].join('|'))(document.querySelector('#stage').dataset)";

/// What the next press does, once the page has answered to the last.
pub async fn next_words(page: &Page) -> Result<String> {
    page.soon("the page to have answered", "document.querySelector('#stage').dataset.pending === '0'").await?;
    page.eval("document.querySelector('#stage').dataset.next").await
}

/// One press, after which something is different.
pub async fn step_on(page: &Page) -> Result<()> {
    let before: String = page.eval(PLACE).await?;
    page.press(Key::PageDown.value().to_string()).await?;
    page.soon("a press to lead on", &format!("{PLACE} !== {}", serde_json::to_string(&before)?)).await
}

/// Goes from where the talk stands to its end, and looks at every beat. Runs are stopped: what was recorded stands there, and it is what the hall sees of a
/// run that failed. What is wrong, by beat.
pub async fn walk(page: &Page, route: &str) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for beat in 0..400 {
        let next = next_words(page).await?;
        let (texts, edges): (Vec<Text>, _) = (page.eval(TEXTS).await?, page.eval(EDGES).await?);
        // A code covers the page.
        if page.eval::<String>("document.querySelector('#stage').dataset.over").await?.is_empty() {
            wrong.extend(faults(&texts, edges).into_iter().map(|fault| format!("{route}, before “{next}”: {fault}")));
        }
        if next == "the end" {
            figure("beats with what lies below", &format!("{route} {beat}"));
            return Ok(wrong);
        }
        if next.starts_with("wait") {
            page.eval::<Option<i32>>("document.querySelectorAll('[data-action=cancel]').forEach((one) => one.click())").await?;
            page.soon("the run to be stopped", "!document.querySelector('#stage').dataset.next.startsWith('wait')").await?;
            continue;
        }
        step_on(page).await?;
    }
    bail!("{route}: no end")
}

/// Walks through pages, and names everything that is wrong anywhere at once.
async fn walk_all(page: &Page, site: &Site, routes: impl Iterator<Item = String>) -> Result<()> {
    let mut wrong = Vec::new();
    for route in routes {
        enter(page, site, &route).await?;
        match walk(page, &route).await {
            Ok(faults) => wrong.extend(faults),
            Err(error) => wrong.push(format!("{route}: {error:#}")),
        }
    }
    ensure!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[test]
fn every_lesson_is_gone_through_by_the_clicker() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        walk_all(page, &site, site.registry.lessons.iter().map(|lesson| lesson.route.clone())).await
    })
}

#[test]
fn every_lab_is_gone_through_by_the_clicker() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        walk_all(page, &site, site.registry.labs.iter().filter(|lab| lab.listed).map(|lab| lab.route.clone())).await
    })
}
