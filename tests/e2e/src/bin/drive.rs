//! Runs labs of the built site in Chromium and prints their results: the browser's half of `cargo xtask compare-native` and `record`.
//!
//! It reads one request a line from standard input, `<lab> <quick|full> <name=value,…>`, and answers each with one line, the result as JSON,
//! exactly as the page's “copy result” gives it; it ends with its input. One browser serves all requests: the page starts a fresh worker
//! for each run anyway. It must never give a result of another input than the one asked for.
//!
//! `echo 'serialization quick payload=log,size=medium,read=every' | cargo run -p e2e --bin drive`

use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use e2e::{Exported, Lab, Machine, Page, Site, drive};
use flate2::{Compression, write::DeflateEncoder};
use std::io::{self, Write as _};

/// The version byte of a state in an address.
const LINK_VERSION: u8 = 1;

fn main() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Alone, async |page| {
        for line in io::stdin().lines() {
            let line = line.context("reading a request")?;
            let result = answer(&site, page, &line).await.with_context(|| format!("the request “{line}”"))?;
            let mut out = io::stdout();
            writeln!(out, "{result}").and_then(|()| out.flush()).context("writing a result")?;
        }
        Ok(())
    })
}

/// The result that a request's run gives.
async fn answer(site: &Site, page: &Page, line: &str) -> Result<String> {
    let Request { slug, effort, input } = Request::of(line)?;
    let lab = site.registry.labs.iter().find(|lab| lab.slug == slug);
    let route = &lab.with_context(|| format!("the site has no lab “{slug}”"))?.route;
    page.open(&format!("{}#{}", site.address(route), fragment(&input)?)).await?;
    let lab = Lab::on(page, slug).await?;
    match effort {
        Effort::Quick => lab.run().await?,
        Effort::Full => lab.run_in_full().await?,
    }
    let text = lab.copied("copy-result").await?;
    let result: Exported = serde_json::from_str(&text).context("the exported result")?;
    for (name, value) in input {
        let ran = result.input.get(name).map(String::as_str);
        ensure!(ran == Some(value), "it ran with {name}={ran:?}");
    }
    ensure!(result.lab == slug && !text.contains('\n'), "the result is of {}, or not on one line", result.lab);
    Ok(text)
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// One worker: Run.
    Quick,
    /// Five: “measure more”.
    Full,
}

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Request<'line> {
    slug: &'line str,
    effort: Effort,
    input: Vec<(&'line str, &'line str)>,
}

impl<'line> Request<'line> {
    fn of(line: &'line str) -> Result<Self> {
        let [slug, effort, input] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            bail!("it wants three words: <lab> <quick|full> <name=value,…>");
        };
        let effort = match effort {
            "quick" => Effort::Quick,
            "full" => Effort::Full,
            other => bail!("“{other}” is neither “quick” nor “full”"),
        };
        let pairs = input.split(',').map(|pair| pair.split_once('=').with_context(|| format!("“{pair}” is not <name>=<value>")));
        Ok(Self { slug, effort, input: pairs.collect::<Result<_>>()? })
    }
}

/// The state as the page's address holds it. The result's button stands in the latency budget's details; other labs have no panels.
fn fragment(input: &[(&str, &str)]) -> Result<String> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let mut text = String::from("panel=details");
    for (name, value) in input {
        ensure!(plain(name) && plain(value), "{name}={value} would have to be escaped");
        text.extend(["&", name, "=", value]);
    }
    let mut deflated = DeflateEncoder::new(vec![LINK_VERSION], Compression::best());
    deflated.write_all(text.as_bytes())?;
    Ok(format!("s={}", URL_SAFE_NO_PAD.encode(deflated.finish()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_three_words() {
        let asked = Request { slug: "arena", effort: Effort::Full, input: vec![("nodes", "100"), ("degree", "3")] };
        assert_eq!(Request::of("arena full nodes=100,degree=3").unwrap(), asked);
        for wrong in ["", "arena", "arena often nodes=1", "arena quick nodes", "arena quick nodes=1 degree=2"] {
            assert!(Request::of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_what_needs_no_escaping_goes_into_an_address() {
        assert!(fragment(&[("payload", "log")]).unwrap().starts_with("s=A"));
        assert!(fragment(&[("payload", "a&b")]).is_err());
    }
}
