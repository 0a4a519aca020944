//! A lab on a page, reached by its stable hooks alone: `data-lab`, `data-state`, `data-action`, `data-failure`, `data-provenance`.

use crate::{Exported, Page};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a quick run may take: the page's own deadlines (60 s of loading and 60 s of running) end it before.
const RUN: Duration = Duration::from_secs(130);

/// A full run: five workers, one after another.
const FULL_RUN: Duration = Duration::from_mins(10);

/// A lab on a page.
pub struct Lab<'page> {
    page: &'page Page,
    /// Its element's selector.
    selector: String,
}

impl<'page> Lab<'page> {
    /// The lab of this slug, once it stands on the page.
    ///
    /// # Errors
    /// It does not come.
    pub async fn on(page: &'page Page, slug: &str) -> Result<Self> {
        let lab = Self { page, selector: format!("[data-lab='{slug}']") };
        page.soon(&format!("the lab {slug}"), &format!("document.querySelector({})", json!(lab.selector))).await?;
        Ok(lab)
    }

    /// The selector of an element within the lab.
    #[must_use]
    pub fn within(&self, selector: &str) -> String {
        format!("{} {selector}", self.selector)
    }

    /// `data-state`.
    ///
    /// # Errors
    /// The lab is gone.
    pub async fn state(&self) -> Result<String> {
        self.page.eval(&format!("document.querySelector({}).dataset.state", json!(self.selector))).await
    }

    /// Presses a button by its `data-action`.
    ///
    /// # Errors
    /// There is none that can be pressed.
    pub async fn press(&self, action: &str) -> Result<()> {
        self.page.click(&self.within(&format!("[data-action='{action}']"))).await
    }

    /// Waits until the run has ended, however it ended, and gives back `data-state`.
    ///
    /// # Errors
    /// It does not end.
    pub async fn ended(&self) -> Result<String> {
        self.ended_within(RUN).await
    }

    async fn ended_within(&self, deadline: Duration) -> Result<String> {
        let expression = format!(
            "((state) => ['done', 'stale', 'cancelled', 'failed'].includes(state) && state)(document.querySelector({}).dataset.state)",
            json!(self.selector)
        );
        self.page.until("the run's end", &expression, deadline).await
    }

    /// Presses Run, and waits for the result.
    ///
    /// # Errors
    /// There is none.
    pub async fn run(&self) -> Result<()> {
        self.press("run").await?;
        self.done(RUN).await
    }

    /// Presses “measure more”, and waits for the result.
    ///
    /// # Errors
    /// There is none.
    pub async fn run_in_full(&self) -> Result<()> {
        self.press("measure-more").await?;
        self.done(FULL_RUN).await
    }

    /// Waits for a result.
    ///
    /// # Errors
    /// The run ends without.
    pub async fn done(&self, deadline: Duration) -> Result<()> {
        let state = self.ended_within(deadline).await?;
        if state != "done" {
            let why: Value = self.page.eval(&format!("document.querySelector({}).innerText", json!(self.selector))).await?;
            ensure!(state == "done", "the run ended as “{state}”: {why}");
        }
        Ok(())
    }

    /// Waits until the figure's badge names this provenance.
    ///
    /// # Errors
    /// It does not.
    pub async fn badge(&self, provenance: &str) -> Result<()> {
        let badge = self.within(&format!("[data-provenance='{provenance}']"));
        self.page.soon(&format!("the badge {provenance}"), &format!("document.querySelector({})", json!(badge))).await
    }

    /// The latency budget's leading number with its interval's ends.
    ///
    /// # Errors
    /// There is none.
    pub async fn finding(&self) -> Result<(f64, f64, f64)> {
        let number = format!("document.querySelector({}).firstChild.textContent", json!(self.within(".finding .number")));
        let number: String = self.page.eval(&number).await?;
        let interval = self.page.text(&self.within(".finding .interval")).await?;
        let (low, high) = interval.split_once('–').with_context(|| format!("no interval: “{interval}”"))?;
        Ok((number.trim().parse().with_context(|| number.clone())?, low.trim().parse()?, high.trim().parse()?))
    }

    /// What a copy button gives. The clipboard is denied in tests, so the page shows the text to select.
    ///
    /// # Errors
    /// It gives nothing.
    pub async fn copied(&self, action: &str) -> Result<String> {
        self.press(action).await?;
        // The text stands behind its own button, before the next one.
        let expression = format!(
            "((button) => {{ for (let one = button.nextElementSibling; one && one.tagName !== 'BUTTON'; one = one.nextElementSibling) {{
                 const text = one.matches('textarea') ? one : one.querySelector('textarea');
                 if (text) return text.value;
               }} }})(document.querySelector({}))",
            json!(self.within(&format!("[data-action='{action}']")))
        );
        self.page.until("the text to copy", &expression, Duration::from_secs(30)).await
    }

    /// The result, as the copy button exports it.
    ///
    /// # Errors
    /// There is none, or it is not of the agreed shape.
    pub async fn result(&self) -> Result<Exported> {
        let text = self.copied("copy-result").await?;
        serde_json::from_str(&text).with_context(|| format!("the exported result: {}", text.get(..400).unwrap_or(&text)))
    }
}
