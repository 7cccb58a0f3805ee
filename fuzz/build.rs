//! What the library's own build script makes, for the modules that are taken from it.

#[path = "../build.rs"]
mod library;

fn main() -> std::io::Result<()> {
    std::env::set_current_dir("..")?;
    library::main()
}
