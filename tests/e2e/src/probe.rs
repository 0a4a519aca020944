//! What a document is asked to remember from before its own first script: refusals by its policy, and shifts of its layout.

use crate::Page;
use anyhow::Result;
use serde::Deserialize;

/// Runs before every document's own scripts.
pub(crate) const SCRIPT: &str = "
  window.observed = { violations: [], shifts: [] };
  document.addEventListener('securitypolicyviolation', (event) =>
    observed.violations.push(`${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile ?? ''}:${event.lineNumber}) ${event.sample}`));
  try {
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries())
        if (!hadRecentInput) observed.shifts.push({ value, moved: sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? node?.nodeName ?? '').join(' | ') });
    }).observe({ type: 'layout-shift', buffered: true });
  } catch { /* A document without the interface has nothing to tell. */ }";

/// A shift of the layout that no reader caused.
#[derive(Clone, Debug, Deserialize)]
pub struct Shift {
    /// Its score.
    pub value: f64,
    /// The first of what moved, as HTML.
    pub moved: String,
}

impl Page {
    /// What the document's content-security policy refused so far; nothing where no script could watch: in Firefox, and where scripts are turned off.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn violations(&self) -> Result<Vec<String>> {
        self.eval("globalThis.observed?.violations ?? []").await
    }

    /// The shifts of the document's layout so far. Their sum is never below CLS, which counts the worst burst alone.
    ///
    /// # Errors
    /// The browser is not Chromium.
    pub async fn shifts(&self) -> Result<Vec<Shift>> {
        // Two frames on, what has been drawn has been reported.
        self.eval_async("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(observed.shifts)))))").await
    }
}
