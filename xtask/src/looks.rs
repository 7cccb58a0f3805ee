//! What only pages fetch that ask for it: the looks besides the default one, and
//! the scripts that www/runtime.js imports late.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    compress::short_hash,
    glue::{self, Glue},
    minify::minify,
    publish::File,
    workspace::root,
};

/// The looks, in the order in which their hash is taken; `src/prerender/style.rs` has them too.
pub(crate) const LOOKS: [&str; 3] = ["dense", "magazine", "minimal"];

const SKIP: &str = "src/locale/skip.json";

/// What www/habits.js adds to the sheet of every element.
const RULES: &str = "src/view/late.css";

/// Files, and the constants by which the runtime finds them.
pub(crate) struct Late {
    pub(crate) files: Vec<File>,
    pub(crate) names: [(&'static str, String); 2],
}

/// A look's sheet, without comments and blanks.
pub(crate) fn sheet(look: &str) -> Result<String> {
    let path = format!("src/view/themes/{look}.css");
    fs::read_to_string(root().join(&path)).map(|text| minify(&text)).with_context(|| format!("{path} could not be read"))
}

/// The scripts with the names of what they fetch put in, and what they fetch.
pub(crate) fn late(glue: &Glue) -> Result<Late> {
    let sheets = LOOKS.into_iter().map(|look| Ok((look, sheet(look)?))).collect::<Result<Vec<_>>>()?;
    let together: String = sheets.iter().map(|(_, sheet)| sheet.as_str()).collect();
    let folder = format!("themes-{}", short_hash(together.as_bytes()));
    let mut files: Vec<_> =
        sheets.into_iter().map(|(look, sheet)| File { name: format!("{folder}/{look}.css"), bytes: sheet.into_bytes() }).collect();
    let skip = fs::read_to_string(root().join(SKIP)).with_context(|| format!("{SKIP} could not be read"))?;
    let skip: serde_json::Value = serde_json::from_str(&skip).with_context(|| format!("{SKIP} is no JSON"))?;
    let skip = skip.to_string().into_bytes();
    let skip_name = format!("kabar-skip-{}.json", short_hash(&skip));
    files.push(File { name: skip_name.clone(), bytes: skip });
    let rules = fs::read_to_string(root().join(RULES)).map(|text| minify(&text)).with_context(|| format!("{RULES} could not be read"))?;
    let mut script = |name: &str, values: &[(&str, &str)]| -> Result<String> {
        let text = glue::late(&format!("www/{name}.js"), glue)?;
        let text = values.iter().fold(text, |text, (constant, value)| text.replace(constant, value)).into_bytes();
        let public = format!("kabar-{name}-{}.js", short_hash(&text));
        files.push(File { name: public.clone(), bytes: text });
        Ok(public)
    };
    let looks = script("looks", &[("__KABAR_THEMES__", &folder)])?;
    let habits = script("habits", &[("__KABAR_SKIP__", &skip_name), ("__KABAR_LATE__", &rules.replace('"', "'"))])?;
    Ok(Late { files, names: [("LOOKS", looks), ("HABITS", habits)] })
}
