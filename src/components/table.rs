//! The same figures as a table: every chart has one.

use leptos::prelude::*;

/// A table's text, ready to be shown or copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableData {
    /// What the table shows.
    pub caption: String,
    /// The columns' heads; the first column names the row.
    pub head: Vec<String>,
    /// The rows' cells.
    pub rows: Vec<Vec<String>>,
}

impl TableData {
    /// As GitHub-flavoured Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let line = |cells: &[String]| {
            format!("| {} |\n", cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
        };
        let rule: Vec<String> =
            self.head.iter().enumerate().map(|(index, _)| if index == 0 { "---" } else { "---:" }.to_owned()).collect();
        let rows: String = self.rows.iter().map(|row| line(row)).collect();
        format!("{}{}{rows}", line(&self.head), line(&rule))
    }
}

/// The table. It scrolls sideways by itself where the page is narrow.
#[component]
pub fn DataTable(
    /// What it holds.
    data: Signal<TableData>,
) -> impl IntoView {
    let body = move || {
        data.with(|data| {
            let rows = data.rows.iter().map(|row| {
                let mut cells = row.iter().cloned();
                let name = cells.next().unwrap_or_default();
                view! { <tr><th scope="row">{name}</th>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
            });
            rows.collect_view()
        })
    };
    let head =
        move || data.with(|data| data.head.iter().cloned().map(|cell| view! { <th scope="col">{cell}</th> }).collect_view());
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=move || data.with(|data| data.caption.clone())>
            <table>
                <caption>{move || data.with(|data| data.caption.clone())}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_keeps_cells_apart() {
        let table =
            TableData { caption: String::new(), head: vec!["a".into(), "b".into()], rows: vec![vec!["x|y".into(), "1".into()]] };
        assert_eq!(table.to_markdown(), "| a | b |\n| --- | ---: |\n| x\\|y | 1 |\n");
    }
}
