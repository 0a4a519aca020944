//! The page under test: opening, waiting, asking, pressing.

use crate::engine::Engine;
use anyhow::{Context as _, Result, bail, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::{By, WebDriver, WindowHandle};

/// Longer than anything that is no lab's run takes, on a machine that has other work to do.
const SOON: Duration = Duration::from_secs(30);

/// Whether the page stands as its reader would see it: drawn, by the app and no longer by the prerendered page, all of it laid out, and nothing still on
/// its way.
const SETTLED: &str = "document.readyState === 'complete' && document.documentElement.dataset.app === 'ready' && document.querySelector('main h1, main[data-embed]')
  && !document.getElementById('prerendered') && !document.querySelector('.loading')";

/// What stands there instead, for the message of a page that is never drawn: what is still awaited, and which files came, with their times in ms.
const UNSETTLED: &str = "JSON.stringify({ state: document.readyState, prerendered: !!document.getElementById('prerendered'),
  app: document.documentElement.dataset.app, scripts: document.documentElement.dataset.scripts, worker: !!navigator.serviceWorker?.controller,
  alerts: [...document.querySelectorAll('[role=alert]')].map(place => place.textContent),
  loading: [...document.querySelectorAll('.loading')].map(place => place.textContent), now: Math.round(performance.now()),
  files: performance.getEntriesByType('resource').map(file =>
    [file.name.replace(location.origin, ''), Math.round(file.startTime), Math.round(file.responseEnd), file.responseStatus].join(' ')) })";

/// A page in a browser of a test's own.
pub struct Page {
    pub(crate) driver: WebDriver,
    engine: Engine,
}

impl Page {
    pub(crate) async fn new(driver: WebDriver, engine: Engine) -> Result<Self> {
        let page = Self { driver, engine };
        // Away from the browser's own first page, whose requests are its own business.
        page.driver.goto("about:blank").await?;
        if engine == Engine::Firefox {
            return Ok(page);
        }
        page.prefer_theme("light").await?;
        // The test of the copy buttons needs the text, and a headless browser's clipboard cannot be looked into.
        for name in ["clipboard-write", "clipboard-read"] {
            page.command("Browser.setPermission", json!({ "permission": { "name": name }, "setting": "denied" })).await?;
        }
        Ok(page)
    }

    /// Sends a command of the Chrome `DevTools` Protocol.
    ///
    /// # Errors
    /// The browser refuses it.
    pub async fn command(&self, method: &str, parameters: Value) -> Result<Value> {
        self.driver.cdp().send_raw(method, parameters).await.with_context(|| method.to_owned())
    }

    /// Has a script run in every document from now on, before the document's own.
    ///
    /// # Errors
    /// The browser refuses it.
    pub async fn before_every_document(&self, script: &str) -> Result<()> {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }

    /// Opens an address as a fresh document (an address that differs in its fragment alone would not be loaded), and waits until it is drawn.
    ///
    /// # Errors
    /// It is not drawn in time.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.driver.goto("about:blank").await?;
        self.driver.goto(address).await?;
        self.settled().await.with_context(|| format!("opening {address}"))
    }

    /// Opens an address that leads to no page of the app.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn open_outside(&self, address: &str) -> Result<()> {
        self.driver.goto(address).await.with_context(|| format!("opening {address}"))
    }

    /// Loads the present address anew.
    ///
    /// # Errors
    /// It is not drawn in time.
    pub async fn reload(&self) -> Result<()> {
        self.driver.refresh().await?;
        self.settled().await
    }

    /// Does something in a tab of its own, which is closed then.
    ///
    /// # Errors
    /// As what is done; or the browser refuses.
    pub async fn in_another_tab<T>(&self, work: impl AsyncFnOnce() -> Result<T>) -> Result<T> {
        let first = self.driver.window().await?;
        let second = self.driver.new_tab().await?;
        self.driver.switch_to_window(second).await?;
        // As in the first: what still scrolls a click would miss.
        self.prefer_theme("light").await?;
        let value = work().await;
        self.driver.close_window().await?;
        self.driver.switch_to_window(first).await?;
        value
    }

    /// Goes back in the history.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// Goes forward in the history.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn forward(&self) -> Result<()> {
        Ok(self.driver.forward().await?)
    }

    /// Waits until the page is drawn.
    ///
    /// # Errors
    /// It is not in time.
    pub async fn settled(&self) -> Result<()> {
        let drawn = self.until::<Value>("the page to be drawn", &format!("({SETTLED}) && true"), SOON).await;
        if let Err(late) = drawn {
            let stands = self.eval::<String>(UNSETTLED).await.unwrap_or_else(|error| error.to_string());
            return Err(late.context(format!("what stands there: {stands}")));
        }
        Ok(())
    }

    /// The present address.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn address(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// What a JavaScript expression gives.
    ///
    /// # Errors
    /// It throws, or gives another type.
    pub async fn eval<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let answer = self.driver.execute(format!("return ({expression});"), Vec::new()).await;
        let answer = answer.with_context(|| format!("evaluating {expression}"))?;
        serde_json::from_value(answer.json().clone()).with_context(|| format!("{expression} gave {}", answer.json()))
    }

    /// What a JavaScript expression's promise resolves to.
    ///
    /// # Errors
    /// It is rejected, or gives another type.
    pub async fn eval_async<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve({expression}).then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let answer = self.driver.execute_async(script, Vec::new()).await?;
        if let Some(error) = answer.json().get("error") {
            bail!("{expression} was rejected: {error}");
        }
        let value = answer.json().get("value").cloned().unwrap_or_default();
        serde_json::from_value(value).with_context(|| format!("{expression} gave {}", answer.json()))
    }

    /// Waits, in the page and frame by frame, until a JavaScript expression gives something true, and gives it back. One that throws gives nothing yet:
    /// what it looks into may still be on its way. Where no frames are drawn, in somebody else's page and out of sight, it looks by a timer.
    ///
    /// # Errors
    /// The deadline passes; what the expression threw last is told.
    pub async fn until<T: DeserializeOwned>(&self, what: &str, expression: &str, deadline: Duration) -> Result<T> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             let ended = false, fault = null;
             const end = (answer) => {{ if (!ended) {{ ended = true; done(answer); }} }};
             setTimeout(() => end({{ fault, late: location.href + ': ' + (document.querySelector('main')?.innerText ?? '').slice(0, 600) }}), {});
             const look = () => {{
               if (ended) return;
               let value;
               try {{ value = ({expression}); fault = null; }} catch (error) {{ fault = String(error); }}
               if (value) end({{ value }}); else soon();
             }};
             const soon = () => {{
               let looked = false;
               const once = () => {{ if (!looked) {{ looked = true; look(); }} }};
               requestAnimationFrame(once);
               setTimeout(once, 100);
             }};
             look();",
            deadline.as_millis()
        );
        let answer = self.driver.execute_async(script, Vec::new()).await.with_context(|| format!("waiting for {what}"))?;
        if let Some(value) = answer.json().get("value") {
            return serde_json::from_value(value.clone()).with_context(|| format!("{what}: {value}"));
        }
        bail!("waited {deadline:?} in vain for {what}: {}", answer.json())
    }

    /// Waits, not for long, until a JavaScript expression gives something true.
    ///
    /// # Errors
    /// It does not.
    pub async fn soon(&self, what: &str, expression: &str) -> Result<()> {
        self.until::<Value>(what, expression, SOON).await?;
        Ok(())
    }

    /// Waits, not for long, until the first element that a selector finds says these words among others.
    ///
    /// # Errors
    /// It does not say them.
    pub async fn says(&self, selector: &str, words: &str) -> Result<()> {
        let (found, said) = (json!(selector), json!(words));
        self.soon(words, &format!("document.querySelector({found})?.innerText.includes({said})")).await
    }

    /// Waits until the address is that of `route`, and the page is drawn.
    ///
    /// # Errors
    /// It does not get there.
    pub async fn at(&self, address: &str) -> Result<()> {
        let address = json!(address);
        self.soon(&format!("the address {address}"), &format!("location.href.split(/[?#]/)[0] === {address}")).await?;
        self.settled().await
    }

    /// Clicks the first element that a selector finds, as a reader would: what is covered cannot be clicked.
    ///
    /// # Errors
    /// There is none, or it cannot be clicked.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.soon(selector, &format!("document.querySelector({})", json!(selector))).await?;
        let element = self.driver.find(By::Css(selector)).await?;
        element.scroll_into_view().await?;
        element.click().await.with_context(|| format!("clicking {selector}"))
    }

    /// Presses keys, one after another, wherever the focus is.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn press(&self, keys: impl AsRef<str>) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(keys.as_ref()).perform().await?)
    }

    /// Gives the focus to the first element that a selector finds.
    ///
    /// # Errors
    /// There is none.
    pub async fn focus(&self, selector: &str) -> Result<()> {
        self.soon(selector, &format!("document.querySelector({})", json!(selector))).await?;
        Ok(self.driver.find(By::Css(selector)).await?.focus().await?)
    }

    /// Chooses a value of the first select that a selector finds.
    ///
    /// # Errors
    /// There is no such select or value.
    pub async fn choose(&self, select: &str, value: &str) -> Result<()> {
        self.click(&format!("{select} option[value={}]", json!(value))).await
    }

    /// The text that a reader sees of the first element that a selector finds.
    ///
    /// # Errors
    /// There is none.
    pub async fn text(&self, selector: &str) -> Result<String> {
        self.eval(&format!("document.querySelector({}).innerText", json!(selector))).await
    }

    /// The errors that the console holds, which are taken out of it; Firefox's driver tells of none.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn take_console_errors(&self) -> Result<Vec<String>> {
        if self.engine == Engine::Firefox {
            return Ok(Vec::new());
        }
        let log = self.driver.get_log("browser").await?;
        // A frame that is replaced while it loads (the builder's previews) gives its fetches up, and Chromium says so without a reason. A fetch
        // that fails has one.
        let is_given_up = |message: &str| message.contains("Fetch API cannot load ") && message.trim_end().ends_with('.');
        let errors = log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
        Ok(errors.filter(|message| !is_given_up(message)).collect())
    }

    /// The addresses that pages were seen to ask for since the last time; what the browser's own pages ask for is left out.
    async fn take_requests(&self) -> Result<Vec<String>> {
        let mut addresses = Vec::new();
        if self.engine == Engine::Firefox {
            return Ok(addresses);
        }
        for entry in self.driver.get_log("performance").await? {
            let event: Value = serde_json::from_str(&entry.message)?;
            let (method, parameters) = (&event["message"]["method"], &event["message"]["params"]);
            let asker = parameters["documentURL"].as_str().unwrap_or_default();
            if method == "Network.requestWillBeSent" && !["chrome:", "chrome-untrusted:"].iter().any(|own| asker.starts_with(own))
            {
                addresses.push(parameters["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(addresses)
    }

    /// Makes sure that the console holds no error, that the page's policy refused nothing, and that nobody but this machine's own server was asked for
    /// anything.
    ///
    /// # Errors
    /// Otherwise.
    pub async fn ensure_quiet(&self) -> Result<()> {
        let refused = self.violations().await?;
        ensure!(refused.is_empty(), "the page’s policy refused something:\n{}", refused.join("\n"));
        let errors = self.take_console_errors().await?;
        ensure!(errors.is_empty(), "the console holds errors:\n{}", errors.join("\n"));
        // `null` is the origin of a sandboxed frame.
        let own = ["http://127.0.0.1:", "http://localhost:", "data:", "about:", "blob:http://127.0.0.1:", "blob:null/"];
        let requests = self.take_requests().await?;
        let foreign: Vec<_> = requests.iter().filter(|address| !own.iter().any(|own| address.starts_with(own))).collect();
        ensure!(foreign.is_empty(), "other hosts were asked: {foreign:?}");
        Ok(())
    }

    /// Opens a window of its own beside this one and goes there; what this one was called, for [`Page::go_to_window`].
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn open_window(&self) -> Result<String> {
        let here = self.driver.window().await?;
        let there = self.driver.new_window().await?;
        self.driver.switch_to_window(there).await?;
        Ok(here.to_string())
    }

    /// Goes to another window; what the one left is called.
    ///
    /// # Errors
    /// There is no such window.
    pub async fn go_to_window(&self, name: &str) -> Result<String> {
        let here = self.driver.window().await?;
        self.driver.switch_to_window(WindowHandle::from(name.to_owned())).await?;
        Ok(here.to_string())
    }

    /// Gives the page so many CSS pixels.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size).await?;
        self.soon("the new width", &format!("innerWidth === {width}")).await
    }

    /// Has every request go to the site's host, as on a reader's first visit, whatever is kept for reading without a network.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn bypass_service_worker(&self) -> Result<()> {
        self.command("Network.enable", json!({})).await?;
        self.command("Network.setBypassServiceWorker", json!({ "bypass": true })).await.map(drop)
    }

    /// Has the system ask for a light or a dark theme, and for no motion: a click would miss what still scrolls.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn prefer_theme(&self, theme: &str) -> Result<()> {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }, { "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.command("Emulation.setEmulatedMedia", media).await?;
        self.soon("the theme", &format!("matchMedia('(prefers-color-scheme: {theme})').matches")).await
    }

    /// The CSS selectors of the page's elements that stick out to the right, if the page scrolls sideways.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn sticking_out(&self) -> Result<Vec<String>> {
        self.eval(
            "document.documentElement.scrollWidth <= innerWidth ? [] : ['the page is ' + document.documentElement.scrollWidth + ' wide',
               ...[...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
                 .map((one) => one.tagName + '.' + one.getAttribute('class')).slice(0, 12)]",
        )
        .await
    }
}
