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
    profile,
    publish::{self, File},
    size,
    split::{Split, nameless, split},
    step::Steps,
    tools, wasm,
    words::{self, Words},
    workspace::{Package, dist},
};

/// What reads RSS, Atom and pages: a module of its own, for feeds that are no JSON.
const MARKUP: [&str; 3] = ["kabar::feed::xml", "kabar::feed::date::mail", "kabar::browser::feeds::markup"];

/// The wasm in its parts.
struct Parts {
    /// What runs before the first card.
    first: Vec<u8>,
    /// What comes after it.
    rest: Vec<u8>,
    markup: Vec<u8>,
}

/// Builds dist/; an older one stays until the new one is whole.
pub(crate) fn build() -> Result<()> {
    let start = Instant::now();
    let mut steps = Steps::new(6);
    let glue = bind(&mut steps)?;
    let rest = profile::rest()?;
    let counted = rest.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let parts = |wasm: &[u8]| -> Result<Parts> {
        let is_rest = |name: &str| rest.contains(&profile::plain(name));
        let Split { first, rest: markup } =
            split(wasm, &glue.pieces, "0", |name| is_rest(name) && MARKUP.iter().any(|part| profile::plain(name).contains(part)))?;
        let Split { first, rest } = split(&first, &glue.pieces, "", is_rest)?;
        Ok(Parts { first: nameless(&first)?, rest, markup })
    };
    let wasm = steps.run("making the wasm smaller (wasm-opt), splitting it", || {
        let wasm = wasm::optimise(&glue.wasm, &glue.glue, &counted, |wasm| Ok(brotli(&parts(wasm)?.first)?.len()))?;
        let Parts { first, rest, markup } = parts(&wasm)?;
        Ok(Parts { first: wasm::tidy(&first)?, rest: wasm::tidy(&rest)?, markup: wasm::tidy(&markup)? })
    })?;
    steps.run("filling in the loader, compressing into dist/", || {
        let package = Package::read()?;
        publish::write(&dist(), &package, files(&package, &glue.glue, &glue.glue.text, wasm)?)
    })?;
    let seconds = start.elapsed().as_secs_f64();
    println!("dist/ is ready after {seconds:.1} s: {}", size::summary()?);
    Ok(())
}

/// Builds a dist/ that notes which functions are entered; returns their names.
pub(crate) fn build_to_profile(folder: &Path) -> Result<Vec<String>> {
    let mut steps = Steps::new(6);
    let bound = bind(&mut steps)?;
    let wasm =
        steps.run("making the wasm smaller (wasm-opt)", || wasm::optimise(&bound.wasm, &bound.glue, "raw", |wasm| Ok(wasm.len())))?;
    let (first, text, names) = profile::instrument(&wasm, &bound.glue.text)?;
    steps.run("filling in the loader", || {
        let package = Package::read()?;
        // Everything is in the first one; the others have nothing to add.
        let empty = b"\0asm\x01\0\0\0";
        let parts = Parts { first, rest: empty.to_vec(), markup: empty.to_vec() };
        publish::write(folder, &package, files(&package, &bound.glue, &text, parts)?)
    })?;
    Ok(names)
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

/// The files that a reader's browser downloads, under their public names.
fn files(package: &Package, glue: &Glue, runtime: &str, wasm: Parts) -> Result<Vec<File>> {
    let Parts { first, rest, markup } = wasm;
    let rest_name = publish::named(Some("rest"), &rest, "wasm");
    let markup_name = publish::named(Some("markup"), &markup, "wasm");
    let Words { folder, files: words } = words::words()?;
    println!("      {folder}/: the words of {} languages", words.len());
    let languages = words::to_fetch(&words).join(" ");
    let mut names = [
        ("REST", &rest_name),
        ("REST_HASH", &short_integrity(&rest)),
        ("MARKUP", &markup_name),
        ("MARKUP_HASH", &short_integrity(&markup)),
        ("WORDS", &folder),
        ("LANGUAGES", &languages),
    ]
    .map(|(name, value)| (name.to_owned(), value.clone()))
    .to_vec();
    let Late { files: late, names: late_names } = looks::late()?;
    names.extend(late_names);
    let mut optional = Vec::new();
    for (name, text) in glue::optional(glue)? {
        let bytes = glue::fill_in(&name, &text, &names)?;
        let file = File { name: publish::named(Some(&name), &bytes, "js"), bytes };
        names.push((name.to_uppercase().replace('-', "_"), file.name.clone()));
        optional.push(file);
    }
    let runtime = glue::fill_in(glue::RUNTIME, runtime, &names)?;
    let runtime_name = publish::named(None, &runtime, "js");
    let first_name = publish::named(None, &first, "wasm");
    let names = Names { version: &package.version, glue: &runtime_name, wasm: &first_name, wasm_hash: &short_integrity(&first) };
    let loader = glue::loader(&names, glue)?;
    let mut files = vec![
        File { name: publish::LOADER.to_owned(), bytes: loader.into_bytes() },
        File { name: runtime_name, bytes: runtime },
        File { name: first_name, bytes: first },
        File { name: rest_name, bytes: rest },
        File { name: markup_name, bytes: markup },
    ];
    files.extend(optional);
    files.extend(words);
    files.extend(late);
    Ok(files)
}
