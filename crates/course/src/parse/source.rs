//! A source with its title, address and date, as lessons, the learning path and the audit cite it.

use super::fault::FileFaults;
use super::fields::Fields;
use crate::Source;

/// Reads a source; none after a fault that leaves it incomplete.
pub(super) fn read(mut table: Fields<'_>, faults: &mut FileFaults) -> Option<Source> {
    let title = table.text("title", faults);
    let url = table.text("url", faults);
    let date = table.date("date", faults);
    table.finish(faults);
    if let Some(url) = &url
        && !url.value.starts_with("https://")
        && !url.value.starts_with("http://")
    {
        faults.add(url.line, format!("`{}` is no web address", url.value), "write it with https://");
    }
    Some(Source { title: title?.value, url: url?.value, date: date?.value })
}
