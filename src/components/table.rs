//! The same figures as a table: every chart has one.

use crate::markup::{all, escaped};

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

impl TableData {
    /// As comma-separated values (RFC 4180).
    #[must_use]
    pub fn to_csv(&self) -> String {
        let cell = |cell: &String| {
            if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
        };
        let line = |cells: &Vec<String>| format!("{}\r\n", cells.iter().map(cell).collect::<Vec<_>>().join(","));
        std::iter::once(&self.head).chain(&self.rows).map(line).collect()
    }
}

impl TableData {
    /// The table as HTML. It scrolls sideways by itself where the page is narrow.
    #[must_use]
    pub fn draw(&self) -> String {
        let caption = escaped(&self.caption);
        let head = all(&self.head, |cell| format!("<th scope=\"col\">{}</th>", escaped(cell)));
        let rows = all(&self.rows, |row| {
            let (name, cells) = row.split_first().map_or(("", &[][..]), |(name, cells)| (name.as_str(), cells));
            let cells = all(cells, |cell| format!("<td>{}</td>", escaped(cell)));
            format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", escaped(name))
        });
        format!(
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><caption>{caption}</caption>\
             <thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_needs_it() {
        let head = vec!["a".into(), "b, c".into()];
        let table = TableData { caption: String::new(), head, rows: vec![vec!["say \"x\"".into(), "1".into()]] };
        assert_eq!(table.to_csv(), "a,\"b, c\"\r\n\"say \"\"x\"\"\",1\r\n");
    }

    #[test]
    fn markdown_keeps_cells_apart() {
        let table =
            TableData { caption: String::new(), head: vec!["a".into(), "b".into()], rows: vec![vec!["x|y".into(), "1".into()]] };
        assert_eq!(table.to_markdown(), "| a | b |\n| --- | ---: |\n| x\\|y | 1 |\n");
    }
}
