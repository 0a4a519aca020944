//! Links the page with its relocations kept: `cargo xtask finish` splits its Wasm by them. It does nothing else.

#[allow(clippy::print_stdout, reason = "printing is how a build script speaks to Cargo")]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
