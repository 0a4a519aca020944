//! The QR code that the audience photographs, as text of SVG, and its address as one would type it.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// Empty modules around the code: the standard's quiet zone.
const QUIET: i32 = 4;

/// A text as a QR code in SVG, dark on white whatever the theme; none if it is too long for one (2,953 bytes).
#[must_use]
pub fn draw(text: &str) -> Option<String> {
    // The lowest correction first: qrcodegen raises it as far as the same size allows.
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let mut dark = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                // Writing into a string cannot fail.
                let _ = write!(dark, "M{x},{y}h1v1h-1z");
            }
        }
    }
    let (start, size) = (-QUIET, code.size() + 2 * QUIET);
    Some(format!(
        "<svg class=\"qr-code\" viewBox=\"{start} {start} {size} {size}\" role=\"img\" aria-label=\"QR code of the address below\" \
         shape-rendering=\"crispEdges\"><rect x=\"{start}\" y=\"{start}\" width=\"{size}\" height=\"{size}\" fill=\"#fff\"/>\
         <path fill=\"#000\" data-modules=\"{}\" d=\"{dark}\"/></svg>",
        code.size(),
    ))
}

/// The address as one types it: without its state, which no one types.
#[must_use]
pub fn typed(address: &str) -> &str {
    let short = address.split(['?', '#']).next().unwrap_or(address);
    short.strip_prefix("https://").or_else(|| short.strip_prefix("http://")).unwrap_or(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_quiet_zone_and_as_many_modules_as_it_says() {
        let code = draw("https://example.org/budget/#s=AbC").unwrap();
        assert!(code.contains("viewBox=\"-4 -4 37 37\"") && code.contains("data-modules=\"29\""), "{}", &code[..200]);
        assert_eq!(draw(&"x".repeat(3000)), None);
    }

    #[test]
    fn nobody_types_a_state() {
        assert_eq!(typed("https://f.rs/x/budget/?a#s=x"), "f.rs/x/budget/");
    }
}
