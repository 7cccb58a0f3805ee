//! Takes out of wasm-bindgen's glue what only the last module calls.
//!
//! The glue has a function of JavaScript for whatever the wasm calls, and half of them are
//! for the module that comes after the first card: they come beside it, in a script of
//! their own, which is given what it needs of the glue.

use anyhow::{Result, ensure};

/// How the glue's functions for the wasm begin and end: each is a property of one object.
const INDENT: &str = "        ";

/// What the glue says of a text that it has handed to the wasm, a variable.
const LENGTH: &str = "WASM_VECTOR_LEN";

/// The glue without some of its functions for the wasm, and the script that has those.
pub(crate) struct Halves {
    pub(crate) first: String,
    pub(crate) late: String,
}

/// Takes the functions out of the glue that `is_late` says, by their names.
pub(crate) fn halves(glue: &str, is_late: impl Fn(&str) -> bool) -> Result<Halves> {
    let (mut first, mut late) = (String::new(), String::new());
    let mut goes = false;
    let mut count = 0;
    for line in glue.split_inclusive('\n') {
        let begins = line.strip_prefix(INDENT).and_then(|line| line.split_once(": function(")).map(|(name, _)| name);
        if let Some(name) = begins.filter(|name| !name.starts_with(' ')) {
            goes = is_late(name);
            count += usize::from(goes);
        }
        if goes { &mut late } else { &mut first }.push_str(line);
        if line.strip_prefix(INDENT).is_some_and(|line| line.starts_with('}')) {
            goes = false;
        }
    }
    ensure!(count > 0 && !goes, "the glue's functions are not where they were: see how wasm-bindgen writes them now");
    // By the loader's URL its files are found; www/guard.js has it for the first half only.
    ensure!(!late.contains("URL("), "what only the rest of the wasm calls makes a URL: it would be the page's, and no page may replace it");
    let declared = glue.lines().filter_map(|line| Some(line.strip_prefix("function ")?.split_once('(')?.0));
    let used = |name: &&str| late.contains(&format!("{name}("));
    let needed: Vec<_> = ["wasm"].into_iter().chain(declared.filter(used)).collect();
    let names = needed.join(", ");
    let tools = format!("export const tools = () => [{names}, () => {LENGTH}];\n");
    let late = late.replace(LENGTH, "length()");
    Ok(Halves { first: first + &tools, late: format!("export default () => ([{names}, length]) => ({{\n__proto__: null,\n{late}}});\n") })
}

#[cfg(test)]
mod tests {
    use super::halves;

    const GLUE: &str = "\
export function shown() {
    wasm.shown();
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_first_1: function(arg0) {
            return getText(arg0);
        },
        __wbg_late_2: function() { return handleError(function (arg0) {
            if (arg0) {
                setText(arg0, wasm.malloc);
            }
            return WASM_VECTOR_LEN;
        }, arguments); },
        __wbg_first_3: function() {
        },
    };
}
function getText(text) {}
function setText(text) {}
function handleError(run, values) {}
";

    #[test]
    fn what_is_late_goes_with_what_it_needs() {
        let halves = halves(GLUE, |name| name == "__wbg_late_2").unwrap();
        assert!(halves.first.contains("__wbg_first_1") && halves.first.contains("__wbg_first_3") && !halves.first.contains("__wbg_late_2"));
        assert!(halves.first.ends_with("export const tools = () => [wasm, setText, handleError, () => WASM_VECTOR_LEN];\n"));
        let start = "export default () => ([wasm, setText, handleError, length]) => ({\n__proto__: null,\n        __wbg_late_2";
        assert!(halves.late.starts_with(start), "{}", halves.late);
        assert!(halves.late.contains("return length();\n        }, arguments); },\n"));
    }

    #[test]
    fn a_glue_of_another_form_is_refused() {
        assert!(halves(&GLUE.replace("        __wbg", "\t__wbg"), |_| true).is_err());
        assert!(halves(&GLUE.replace("setText(arg0", "new URL(arg0"), |name| name == "__wbg_late_2").is_err());
    }
}
