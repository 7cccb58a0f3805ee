//! What only pages fetch that ask for it: the looks besides the default one, and
//! what the scripts of www/optional have from elsewhere.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    compress::short_hash,
    minify::minify,
    publish::{self, File},
    workspace::root,
};

/// The looks, in the order in which their hash is taken; `src/prerender/style.rs` has them too.
pub(crate) const LOOKS: [&str; 3] = ["dense", "magazine", "minimal"];

const SKIP: &str = "src/locale/skip.json";

/// What www/optional/habits.js adds to the sheet of every element.
const RULES: &str = "src/view/late.css";

/// Files, and the constants by which scripts find them.
pub(crate) struct Late {
    pub(crate) files: Vec<File>,
    pub(crate) names: [(String, String); 3],
}

/// A look's sheet, without comments and blanks.
pub(crate) fn sheet(look: &str) -> Result<String> {
    let path = format!("src/view/themes/{look}.css");
    fs::read_to_string(root().join(&path)).map(|text| minify(&text)).with_context(|| format!("{path} could not be read"))
}

/// The looks, the words of the way past a long list, and what the scripts are told of both.
pub(crate) fn late() -> Result<Late> {
    let sheets = LOOKS.into_iter().map(|look| Ok((look, sheet(look)?))).collect::<Result<Vec<_>>>()?;
    let together: String = sheets.iter().map(|(_, sheet)| sheet.as_str()).collect();
    let folder = format!("themes-{}", short_hash(together.as_bytes()));
    let mut files: Vec<_> =
        sheets.into_iter().map(|(look, sheet)| File { name: format!("{folder}/{look}.css"), bytes: sheet.into_bytes() }).collect();
    let skip = fs::read_to_string(root().join(SKIP)).with_context(|| format!("{SKIP} could not be read"))?;
    let skip: serde_json::Value = serde_json::from_str(&skip).with_context(|| format!("{SKIP} is no JSON"))?;
    let skip = skip.to_string().into_bytes();
    let skip_name = publish::named(Some("skip"), &skip, "json");
    files.push(File { name: skip_name.clone(), bytes: skip });
    let rules = fs::read_to_string(root().join(RULES)).with_context(|| format!("{RULES} could not be read"))?;
    // Into a string of a script.
    let rules = minify(&rules).replace('"', "'");
    let names = [("THEMES", folder), ("SKIP", skip_name), ("LATE_RULES", rules)].map(|(name, value)| (name.to_owned(), value));
    Ok(Late { files, names })
}
