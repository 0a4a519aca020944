//! tmp
use anyhow::Result;
use e2e::{Lab, Machine, Site, drive_with};
#[test]
fn probe() -> Result<()> {
    let site = Site::start("")?;
    drive_with(Machine::Shared, &["
  window.seen = [];
  const worker = window.Worker;
  window.Worker = class extends worker { constructor(...all) { super(...all); const t=performance.now(); this.addEventListener('message', (e) => window.seen.push([performance.now()-t, typeof e.data === 'string' ? e.data : e.data.byteLength])); }
     postMessage(...a) { window.seen.push(['post', a[0].byteLength]); super.postMessage(...a); }
     terminate() { window.seen.push(['terminate']); setTimeout(() => super.terminate(), 3000); } };
"], async |page| {
        page.open(&site.address("/labs/self-test/")).await?;
        let lab = Lab::on(page, "self-test").await?;
        page.choose(&lab.within("select[name=fault]"), "reject-promise").await?;
        lab.press("run").await?;
        println!("{}", lab.ended().await?);
        page.eval_async::<serde_json::Value>("new Promise((d) => setTimeout(d, 2000))").await?;
        println!("{}", page.eval::<serde_json::Value>("window.seen").await?);
        println!("{:?}", page.take_console_errors().await?);
        Ok(())
    })
}
