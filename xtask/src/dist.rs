//! `cargo xtask dist`: the files that a site or a CDN serves.

use std::time::Instant;

use anyhow::Result;

use crate::{
    compress::{integrity, short_hash},
    glue::{self, Names},
    publish::{self, File},
    size,
    step::Steps,
    tools, wasm,
    workspace::Package,
};

/// Builds dist/; an older one stays until the new one is whole.
pub(crate) fn build() -> Result<()> {
    let start = Instant::now();
    let mut steps = Steps::new(6);
    let std = steps.run("checking the tools", tools::for_dist)?;
    let compiled = steps.run("compiling the wasm, about 3 minutes the first time", || wasm::compile(std))?;
    let bound = steps.run("writing the glue (wasm-bindgen)", || wasm::bind(&compiled))?;
    let glue = steps.run("minifying the glue (esbuild)", || glue::glue(&bound.glue))?;
    let wasm = steps.run("making the wasm smaller (wasm-opt)", || wasm::optimise(&bound.wasm, &glue))?;
    steps.run("filling in the loader, compressing into dist/", || {
        let package = Package::read()?;
        let files = files(&package, glue.text.into_bytes(), wasm)?;
        publish::write(&package, files)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    println!("dist/ is ready after {seconds:.1} s: {}", size::summary()?);
    Ok(())
}

/// The three files that a reader's browser downloads, under their public names.
fn files(package: &Package, glue: Vec<u8>, wasm: Vec<u8>) -> Result<Vec<File>> {
    let glue_name = format!("kabar-{}.js", short_hash(&glue));
    let wasm_name = format!("kabar-{}.wasm", short_hash(&wasm));
    let loader = glue::loader(&Names {
        version: &package.version,
        glue: &glue_name,
        glue_hash: &integrity(&glue),
        wasm: &wasm_name,
        wasm_hash: &integrity(&wasm),
    })?;
    Ok(vec![
        File { name: publish::LOADER.to_owned(), bytes: loader.into_bytes() },
        File { name: glue_name, bytes: glue },
        File { name: wasm_name, bytes: wasm },
    ])
}
