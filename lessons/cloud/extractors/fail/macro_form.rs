//! Must not compile against axum 0.8: the extractor's method is a native `async fn`, which the macro rewrites into another signature.

use axum::extract::FromRequestParts;
use axum::http::{StatusCode, request::Parts};

struct User;

// anchor: macro_form
#[async_trait::async_trait]
impl<S: Send + Sync> FromRequestParts<S> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        Ok(User)
    }
}
// end: macro_form

fn main() {}
