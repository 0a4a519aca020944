//! temp
use anyhow::Result;
use base64::Engine as _;
use e2e::*;
fn main() -> Result<()> {
    let site = Site::start("")?;
    drive(Machine::Shared, async |page| {
        page.resize(1920, 1080).await?;
        for a in std::env::args().skip(1) {
            let (name, rest) = a.split_once(':').unwrap();
            let name = if let Some(name) = name.strip_prefix('+') {
                page.open_window().await?;
                page.resize(1100, 800).await?;
                name
            } else {
                name
            };
            let (route, keys) = rest.split_once('@').unwrap_or((rest, ""));
            if !route.is_empty() {
                page.open_outside(&site.address(route)).await?;
                page.soon("x", "document.querySelector('#stage,#speaker')").await?;
            }
            for k in keys.chars() {
                match k {
                    'N' => {
                        page.press(Key::PageDown.value().to_string()).await?;
                    }
                    'D' => {
                        page.soon("done", "['done'].includes(document.querySelector('[data-lab]').dataset.state)").await?;
                    }
                    c => {
                        page.press(c.to_string()).await?;
                    }
                }
                page.eval_async::<bool>("new Promise(r=>setTimeout(()=>r(true),250))").await?;
            }
            let shot = page.command("Page.captureScreenshot", serde_json::json!({"format":"png"})).await?;
            let data = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
            std::fs::write(format!("/tmp/t/shot-{name}.png"), data)?;
        }
        Ok(())
    })
}
