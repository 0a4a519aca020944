//! An embed in a host's frame: reached through the frame, by the contract's hooks, and through the host, by its messages.

use crate::{Lab, Page};
use anyhow::{Context as _, Result};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The element of an embed.
const ROOT: &str = "main[data-embed]";

/// An embed in a frame of the host page that is open.
#[derive(Clone, Copy)]
pub struct Embed<'page> {
    page: &'page Page,
    frame: u16,
}

impl Page {
    /// Opens a host page: it is there when its frames have loaded.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn open_host(&self, address: &str) -> Result<()> {
        self.driver.goto("about:blank").await?;
        self.driver.goto(address).await.with_context(|| format!("opening {address}"))
    }

    /// The embed in the host's frame of this number.
    #[must_use]
    pub fn embed(&self, frame: u16) -> Embed<'_> {
        Embed { page: self, frame }
    }

    /// The texts that a reader sees of all elements that a selector finds; it needs no script of the page's.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.driver.find_all(thirtyfour::By::Css(selector)).await? {
            texts.push(element.text().await?);
        }
        Ok(texts)
    }
}

impl<'page> Embed<'page> {
    /// Does something within the frame, and comes back to the host.
    ///
    /// # Errors
    /// There is no such frame, or what is done fails.
    pub async fn within<T>(self, act: impl AsyncFnOnce(&'page Page) -> Result<T>) -> Result<T> {
        self.page.driver.enter_default_frame().await?;
        self.page.driver.enter_frame(self.frame).await.with_context(|| format!("frame {}", self.frame))?;
        let outcome = act(self.page).await.with_context(|| format!("in frame {}", self.frame));
        self.page.driver.enter_default_frame().await?;
        outcome
    }

    /// Waits until the app has taken over and the reader can press Run.
    ///
    /// # Errors
    /// It does not.
    pub async fn ready(self) -> Result<()> {
        // What is shown before the app runs has no Run: a button that does nothing would be a lie.
        let run = format!(
            "!document.getElementById('prerendered') && [...document.querySelectorAll('{ROOT} [data-action=run]')].some((one) => !one.disabled && one.checkVisibility())"
        );
        self.within(async |page| page.soon("Run in the embed", &run).await).await
    }

    /// Presses Run, and waits for the result.
    ///
    /// # Errors
    /// There is none.
    pub async fn run(self, lab: &str) -> Result<()> {
        self.within(async |page| Lab::on(page, lab).await?.run().await).await
    }

    /// The lab's `data-state`.
    ///
    /// # Errors
    /// There is no lab.
    pub async fn state(self, lab: &str) -> Result<String> {
        self.within(async |page| Lab::on(page, lab).await?.state().await).await
    }

    /// How many messages the embed has refused.
    ///
    /// # Errors
    /// There is no embed.
    pub async fn ignored(self) -> Result<u64> {
        self.within(async |page| page.eval(&format!("Number(document.querySelector('{ROOT}').dataset.ignored ?? 0)")).await).await
    }

    /// Waits until the embed has refused so many messages, and makes sure that it does not go on to refuse more.
    ///
    /// # Errors
    /// It has not.
    pub async fn has_ignored(self, count: u64) -> Result<()> {
        let found = format!("Number(document.querySelector('{ROOT}').dataset.ignored ?? 0)");
        self.within(async |page| {
            page.soon(&format!("{count} messages to be counted as ignored"), &format!("{found} >= {count}")).await?;
            let now: u64 = page.eval(&found).await?;
            anyhow::ensure!(now == count, "{now} messages were counted as ignored, {count} had to be");
            Ok(())
        })
        .await
    }

    /// Sends a message of the contract from the host; what the frame answers is for [`Self::heard`].
    ///
    /// # Errors
    /// The host page is no recorder.
    pub async fn send(self, message: &Value) -> Result<()> {
        self.send_raw(&format!("envelope({message})")).await
    }

    /// Sends the value of a JavaScript expression from the host.
    ///
    /// # Errors
    /// The host page is no recorder, or the value cannot be sent.
    pub async fn send_raw(self, expression: &str) -> Result<()> {
        self.page.eval(&format!("(send({}, {expression}), true)", self.frame)).await.map(|_: bool| ())
    }

    /// Waits for a message of the contract from the frame: of this type, and for which `is` (JavaScript, of `one`) holds.
    ///
    /// # Errors
    /// It does not come.
    pub async fn heard(self, kind: &str, is: &str) -> Result<Value> {
        let message = format!("heard({}, {}).find((one) => {is})", self.frame, json!(kind));
        self.page.until(&format!("the message {kind} with {is}"), &message, std::time::Duration::from_secs(130)).await
    }

    /// The value of a JavaScript expression in the host's page.
    ///
    /// # Errors
    /// It cannot be worked out.
    pub async fn on_host<T: DeserializeOwned>(self, expression: &str) -> Result<T> {
        self.page.eval(expression).await
    }

    /// The frame's selector for its root element.
    pub const ROOT: &'static str = ROOT;
}
