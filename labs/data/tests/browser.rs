//! The exact sizes once more, in Chromium's Wasm, where a `usize` is 32 bits wide.

#![cfg(target_arch = "wasm32")]

mod sizes;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
