//! `cargo xtask dist`: the files that a site or a CDN serves.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Result;

use crate::{
    compress::{brotli, short_integrity},
    data::Pieces,
    glue::{self, Glue, Names},
    looks::{self, Late},
    networks::{self, Networks},
    profile::{self, Functions},
    publish::{self, File},
    size,
    split::Parts,
    step::Steps,
    tools, wasm,
    words::{self, Words},
    workspace::{Package, dist},
};

/// Builds dist/; an older one stays until the new one is whole.
pub(crate) fn build() -> Result<()> {
    let start = Instant::now();
    let mut steps = Steps::new(6);
    let glue = bind(&mut steps)?;
    let modules = profile::modules()?;
    let counted = format!("{modules:?}");
    let parts = |wasm: &[u8]| Parts::of(wasm, &glue.pieces, &modules);
    let wasm = steps.run("making the wasm smaller (wasm-opt), splitting it", || {
        let wasm = wasm::optimise(&glue.wasm, &glue.glue, &counted, |wasm| Ok(brotli(&parts(wasm)?.first)?.len()))?;
        parts(&wasm)?.try_map(wasm::tidy)
    })?;
    steps.run("filling in the loader, compressing into dist/", || {
        let package = Package::read()?;
        let (runtime, late) = glue.glue.halves(&wasm.imported()?)?;
        publish::write(&dist(), &package, files(&package, &glue.glue, (&runtime, &late), wasm)?)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    println!("dist/ is ready after {seconds:.1} s: {}", size::summary()?);
    Ok(())
}

/// Builds folders like dist/ whose wasm notes which functions are entered, and says
/// which there are: one for each way of making it smaller, for each inlines others.
pub(crate) fn build_to_profile(folder: &Path) -> Result<Vec<(PathBuf, Functions)>> {
    let mut steps = Steps::new(6);
    let bound = bind(&mut steps)?;
    let all = steps.run("making the wasm smaller (wasm-opt)", || wasm::optimised(&bound.wasm, &bound.glue))?;
    steps.run("filling in the loader", || {
        let package = Package::read()?;
        let write = |(number, wasm): (usize, Vec<u8>)| {
            let folder = folder.join(number.to_string());
            let (first, text, functions) = profile::instrument(&wasm, &bound.glue.text)?;
            publish::write(&folder, &package, files(&package, &bound.glue, (&text, NOTHING_LATE), Parts::whole(first))?)?;
            Ok((folder, functions))
        };
        all.into_iter().enumerate().map(write).collect()
    })
}

/// The wasm before it is made smaller, and the scripts around it.
struct Bound {
    wasm: PathBuf,
    glue: Glue,
    pieces: Pieces,
}

fn bind(steps: &mut Steps) -> Result<Bound> {
    let std = steps.run("checking the tools", tools::for_dist)?;
    let compiled = steps.run("compiling the wasm, about 3 minutes the first time", || wasm::compile(std))?;
    let bound = steps.run("writing the glue (wasm-bindgen)", || wasm::bind(&compiled))?;
    let glue = steps.run("minifying the glue (esbuild)", || glue::glue(&bound.glue))?;
    Ok(Bound { wasm: bound.wasm, glue, pieces: bound.pieces })
}

/// The script that the last module asks for where the runtime has all of the glue.
const NOTHING_LATE: &str = "export default()=>{}";

/// The files that a reader's browser downloads, under their public names. The scripts are the
/// runtime, with the glue in it, and what of the glue comes with the last module.
fn files(package: &Package, glue: &Glue, (runtime, late): (&str, &str), wasm: Parts) -> Result<Vec<File>> {
    let Parts { first, later } = wasm;
    let Words { folder, files: words } = words::words()?;
    println!("      {folder}/: the words of {} languages", words.len());
    let mut names = vec![("WORDS".to_owned(), folder), ("LANGUAGES".to_owned(), words::to_fetch(&words).join(" "))];
    let mut beside = Vec::new();
    for (module, bytes) in later {
        let file = File { name: publish::named(Some(module), &bytes, "wasm"), bytes };
        let constant = constant(module);
        names.push((constant.clone() + "_HASH", short_integrity(&file.bytes)));
        names.push((constant, file.name.clone()));
        beside.push(file);
    }
    let Networks { files: networks, constants } = networks::networks()?;
    names.extend(constants);
    let Late { files: sheets, names: sheet_names } = looks::late()?;
    names.extend(sheet_names);
    for (name, text) in glue::optional(glue)?.into_iter().chain([("late".to_owned(), late.to_owned())]) {
        let bytes = glue::fill_in(&name, &text, &names)?;
        let file = File { name: publish::named(Some(&name), &bytes, "js"), bytes };
        names.push((constant(&name), file.name.clone()));
        beside.push(file);
    }
    let runtime = glue::fill_in(glue::RUNTIME, runtime, &names)?;
    let runtime_name = publish::named(None, &runtime, "js");
    let first_name = publish::named(None, &first, "wasm");
    let names = Names { version: &package.version, glue: &runtime_name, wasm: &first_name, wasm_hash: &short_integrity(&first) };
    let loader = glue::loader(&names, glue)?;
    let mut files = vec![
        File { name: publish::LOADER.to_owned(), bytes: loader.into_bytes() },
        File { name: runtime_name.clone(), bytes: runtime },
        File { name: first_name.clone(), bytes: first },
    ];
    files.extend(beside);
    files.extend(words);
    files.extend(sheets);
    files.extend(networks);
    let module = glue::module(&names, glue, &files)?;
    files.push(module);
    Ok(files)
}

/// What the scripts call a file: `__KABAR_…__`.
fn constant(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}
