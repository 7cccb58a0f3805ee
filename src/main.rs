//! The program `kabar`: `kabar prerender` writes what a page shows before any
//! script runs.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    kabar::prerender::run(std::env::args_os())
}

/// On wasm there is only the library.
#[cfg(target_arch = "wasm32")]
fn main() {}
