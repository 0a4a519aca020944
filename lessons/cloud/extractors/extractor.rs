//! Two extractors that read the same header: one believes it, the other verifies it.
//!
//! Shown by the lesson `cloud/extractors`. The token is the least that shows the difference: a name and a tag. It has no expiry, and no place
//! in a real service, whose tokens are made and checked by a library.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::routing::get;
use axum::{RequestPartsExt, Router};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt::Write as _;

/// The secret that makes tags.
#[derive(Clone)]
pub struct Key(pub [u8; 64]);

impl Key {
    fn mac(&self, name: &str) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as Mac>::new(&self.0.into());
        mac.update(name.as_bytes());
        mac
    }

    /// A token for a name: the name, a dot, the tag in hexadecimal digits.
    #[must_use]
    pub fn token(&self, name: &str) -> String {
        self.mac(name).finalize().into_bytes().iter().fold(format!("{name}."), |mut token, byte| {
            // Writing to a string cannot fail.
            let _ = write!(token, "{byte:02x}");
            token
        })
    }
}

/// Two hexadecimal digits a byte; none where the text is anything else.
fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    digits?.chunks(2).map(|pair| u8::try_from(pair.first()? * 16 + pair.get(1)?).ok()).collect()
}

// anchor: claimed
/// The name that a request gives itself. Whoever sends it may write there what they like.
pub struct Claimed(pub String, String);

impl<S: Send + Sync> FromRequestParts<S> for Claimed {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|text| text.strip_prefix("Bearer "));
        let (name, tag) = token.and_then(|token| token.split_once('.')).ok_or(StatusCode::UNAUTHORIZED)?;
        Ok(Self(name.to_owned(), tag.to_owned()))
    }
}
// end: claimed

// anchor: verified
/// A name whose tag was made with our key.
pub struct Verified(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Verified
where
    Key: FromRef<S>,
{
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StatusCode> {
        let Claimed(name, tag) = parts.extract().await?;
        let tag = bytes_of(&tag).ok_or(StatusCode::UNAUTHORIZED)?;
        // `verify_slice` compares in constant time: `==` would tell an attacker how many bytes were right.
        Key::from_ref(state).mac(&name).verify_slice(&tag).map_err(|_| StatusCode::UNAUTHORIZED)?;
        Ok(Self(name))
    }
}
// end: verified

// anchor: router
/// Two handlers that differ by one type.
pub fn router(key: Key) -> Router {
    Router::new()
        .route("/believing", get(|Claimed(name, _): Claimed| async move { format!("Welcome, {name}") }))
        .route("/verifying", get(|Verified(name): Verified| async move { format!("Welcome, {name}") }))
        .with_state(key)
}
// end: router

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    const KEY: Key = Key([7; 64]);

    // anchor: ask
    /// What the service answers, without a socket: a router is a function from a request to a response.
    async fn ask(path: &str, authorization: Option<&str>) -> (StatusCode, String) {
        let mut request = Request::get(path);
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        let response = router(KEY).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }
    // end: ask

    // anchor: forged
    #[tokio::test]
    async fn a_forged_header_passes_where_it_is_only_read() {
        let forged = Some("Bearer admin.00");
        assert_eq!(ask("/believing", forged).await, (StatusCode::OK, "Welcome, admin".to_owned()));
        assert_eq!(ask("/verifying", forged).await.0, StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn a_genuine_token_passes_both() {
        let genuine = format!("Bearer {}", KEY.token("eve"));
        for path in ["/believing", "/verifying"] {
            assert_eq!(ask(path, Some(&genuine)).await, (StatusCode::OK, "Welcome, eve".to_owned()));
        }
    }

    #[tokio::test]
    async fn a_genuine_tag_is_good_for_one_name_only() {
        let borrowed = format!("Bearer {}", KEY.token("eve").replace("eve", "admin"));
        assert_eq!(ask("/verifying", Some(&borrowed)).await.0, StatusCode::UNAUTHORIZED);
    }
    // end: forged

    #[tokio::test]
    async fn another_key_s_token_is_refused() {
        let foreign = format!("Bearer {}", Key([8; 64]).token("eve"));
        assert_eq!(ask("/verifying", Some(&foreign)).await.0, StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn no_header_and_a_damaged_one_are_refused_by_both() {
        for path in ["/believing", "/verifying"] {
            for header in [None, Some(""), Some("Bearer"), Some("Bearer admin"), Some("Basic admin.00")] {
                assert_eq!(ask(path, header).await.0, StatusCode::UNAUTHORIZED, "{path} {header:?}");
            }
        }
        for header in ["Bearer eve.", "Bearer eve.0", "Bearer eve.zz", "Bearer .00"] {
            assert_eq!(ask("/verifying", Some(header)).await.0, StatusCode::UNAUTHORIZED, "{header}");
        }
    }
}
