//! From Rust to the smallest wasm: cargo, wasm-bindgen, wasm-opt.

use std::{
    fs,
    io::{IsTerminal, stderr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

use crate::{
    compress::{brotli, sha256},
    data::Pieces,
    fit::fit,
    glue::Glue,
    order,
    step::run,
    tools::{Std, WASM, npm_tool},
    workspace::{cargo, target, wasm_bindgen_version},
};

/// Exactly what rustc turns on for the target: wasm-opt may use no more, or
/// browsers that run the module today would not tomorrow.
const FEATURES: [&str; 9] = [
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Which one compresses best changes with the code, so all are tried.
const PASSES: [&[&str]; 2] = [
    &["-Oz", "--converge", ONCE],
    // Flat code lets the passes after it see more; it costs them half their time again.
    &["--flatten", "--rereloop", "-Oz", "-Oz", "--converge", ONCE],
];

/// What is done with local variables at last: their numbers compress one way or another.
const LOCALS: [&[&str]; 3] = [&[], &["--reorder-locals"], &["--coalesce-locals", "--reorder-locals"]];

/// Without it, a function with one caller is inlined however long it is. That is
/// shorter raw, and 2 kB longer in brotli, which has more of the like to refer to.
const ONCE: &str = "--one-caller-inline-max-function-size=20";

/// The names stay until the wasm is split by them.
const STRIP: [&str; 4] = ["--debuginfo", "--strip-dwarf", "--strip-producers", "--strip-target-features"];

/// Compiles the library, with std rebuilt for size where that can be done.
pub(crate) fn compile(std: Std) -> Result<PathBuf> {
    let folder = target("dist");
    let mut flags = vec!["-Zlocation-detail=none", "-Zfmt-debug=none", "-Clink-arg=--emit-relocs"];
    let mut command = cargo();
    command.args(["build", "--package=kabar", "--lib", "--release", "--target", WASM, "--locked"]);
    command.arg("--target-dir").arg(&folder);
    if std == Std::Rebuilt {
        flags.extend(["-Cpanic=immediate-abort", "-Zunstable-options"]);
        command.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    }
    if !stderr().is_terminal() {
        command.arg("--quiet");
    }
    // The caller's flags stay out: dist/ is the same whoever builds it.
    command.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTFLAGS", flags.join(" ")).env("RUSTC_BOOTSTRAP", "1");
    run(&mut command)?;
    Ok(folder.join(WASM).join("release/kabar.wasm"))
}

/// A half of the split wasm, tidied: the stubs are inlined where that is shorter,
/// and functions stand beside those that they are like.
pub(crate) fn tidy(half: &[u8]) -> Result<Vec<u8>> {
    let tidied = optimized(half, PASSES[0])?;
    let ordered = optimized(&order::named(&tidied)?, &["--debuginfo", "--reorder-functions-by-name"])?;
    let mut best: Option<(usize, Vec<u8>)> = None;
    for passes in LOCALS {
        let tried = optimized(&ordered, &[passes, &["--strip-debug", "--strip-producers"]].concat())?;
        let size = brotli(&tried)?.len();
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, tried));
        }
    }
    best.map(|(_, wasm)| wasm).context("nothing was tidied")
}

/// What wasm-opt makes of a wasm in these passes.
fn optimized(wasm: &[u8], passes: &[&str]) -> Result<Vec<u8>> {
    let folder = target("dist");
    let (input, output) = (folder.join("kabar.half.wasm"), folder.join("kabar.tidy.wasm"));
    fs::write(&input, wasm).context("target/: a half of the wasm could not be written")?;
    run(npm_tool("binaryen/bin/wasm-opt").arg(&input).args(FEATURES).args(passes).arg("-o").arg(&output))?;
    fs::read(&output).context("wasm-opt wrote no file")
}

/// The two files that wasm-bindgen makes of the compiler's one.
pub(crate) struct Bound {
    pub(crate) glue: PathBuf,
    pub(crate) wasm: PathBuf,
    /// What there is of data in the wasm.
    pub(crate) pieces: Pieces,
}

/// Writes the JavaScript glue, and the wasm that fits it.
pub(crate) fn bind(compiled: &Path) -> Result<Bound> {
    wasm_bindgen_version()?;
    let folder = target("dist").join("glue");
    let linked = fs::read(compiled).with_context(|| format!("{} could not be read", compiled.display()))?;
    let pieces = Pieces::read(&linked)?;
    Bindgen::new()
        .input_path(compiled)
        .out_name("kabar")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .demangle(false)
        .remove_producers_section(true)
        // All that have what the wasm is built on have it.
        .encode_into(EncodeInto::Always)
        .generate(&folder)
        .context("wasm-bindgen could not write the glue")?;
    Ok(Bound { glue: folder.join("kabar.js"), wasm: folder.join("kabar_bg.wasm"), pieces })
}

/// All that wasm-opt makes, with its names: `dist` takes one or another of them.
pub(crate) fn optimised(bound: &Path, glue: &Glue) -> Result<Vec<Vec<u8>>> {
    let bound = fs::read(bound).with_context(|| format!("{} could not be read", bound.display()))?;
    let input = target("dist").join("kabar.bound.wasm");
    fs::write(&input, fit(&bound, glue)?).context("target/: the bound wasm could not be written")?;
    PASSES.iter().map(|passes| pass(&input, passes)).collect()
}

fn pass(input: &Path, passes: &[&str]) -> Result<Vec<u8>> {
    let tried = target("dist").join("kabar.try.wasm");
    let mut command = npm_tool("binaryen/bin/wasm-opt");
    run(command.arg(input).args(FEATURES).args(passes).args(STRIP).arg("-o").arg(&tried))?;
    fs::read(&tried).context("wasm-opt wrote no file")
}

/// The smallest of what wasm-opt makes, with its names; last time's when nothing
/// changed. `size` is what counts, `counted` what it counts by.
pub(crate) fn optimise(bound: &Path, glue: &Glue, counted: &str, size: impl Fn(&[u8]) -> Result<usize>) -> Result<Vec<u8>> {
    let bound = fs::read(bound).with_context(|| format!("{} could not be read", bound.display()))?;
    let before = fit(&bound, glue)?;
    let folder = target("dist");
    let input = folder.join("kabar.bound.wasm");
    fs::write(&input, &before).context("target/: the bound wasm could not be written")?;
    let kept = folder.join("kabar.opt.wasm");
    let stamp = folder.join("kabar.opt.stamp");
    let lock = include_bytes!("../package-lock.json");
    let inputs = format!("{} {} {FEATURES:?} {PASSES:?} {STRIP:?} {}", sha256(&before), sha256(lock), sha256(counted.as_bytes()));
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == inputs)
        && let Ok(wasm) = fs::read(&kept)
    {
        println!("      unchanged: last time's is used");
        return Ok(wasm);
    }
    let mut best: Option<(usize, Vec<u8>)> = None;
    for passes in PASSES {
        let wasm = pass(&input, passes)?;
        let size = size(&wasm)?;
        println!("      {}: {size} bytes brotli", passes.join(" "));
        if best.as_ref().is_none_or(|(smallest, _)| size < *smallest) {
            best = Some((size, wasm));
        }
    }
    let (_, wasm) = best.context("wasm-opt was not run")?;
    fs::write(&kept, &wasm).and_then(|()| fs::write(&stamp, inputs)).context("target/: the optimised wasm could not be kept")?;
    Ok(wasm)
}
