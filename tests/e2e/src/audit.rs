//! What axe-core finds wrong with a page.

use crate::Page;
use anyhow::{Context as _, Result};
use serde::Deserialize;
use std::{env, fs};

/// The rules of WCAG 2.2 up to level AA, and what axe calls best practice.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

#[derive(Deserialize)]
struct Finding {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    html: String,
    summary: String,
}

/// One line for each rule that the page breaks and each element that breaks it.
///
/// # Errors
/// `FERROSCOPE_AXE` does not lead to axe-core, or it does not run.
pub async fn audit(page: &Page) -> Result<Vec<String>> {
    if page.eval::<bool>("typeof axe === 'undefined'").await? {
        let path =
            env::var_os("FERROSCOPE_AXE").context("set FERROSCOPE_AXE to the file axe.min.js of the npm package axe-core")?;
        let source = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        page.eval::<bool>(&format!("(() => {{ {source}\n; return typeof axe === 'object'; }})()")).await?;
    }
    let findings: Vec<Finding> = page
        .eval_async(&format!(
            "axe.run(document, {{ runOnly: {RULES}, resultTypes: ['violations'] }}).then((results) => results.violations.map((one) => ({{
               id: one.id, help: one.help,
               nodes: one.nodes.map((node) => ({{ html: node.html.slice(0, 200), summary: node.failureSummary }})),
             }})))"
        ))
        .await?;
    let lines = findings.iter().flat_map(|finding| {
        let Finding { id, help, nodes } = finding;
        nodes.iter().map(move |Node { html, summary }| format!("{id} ({help}): {html}: {}", summary.replace('\n', " ")))
    });
    Ok(lines.collect())
}
