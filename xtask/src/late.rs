//! Takes out of wasm-bindgen's glue what only the last module calls.
//!
//! The glue has a function of JavaScript for whatever the wasm calls, and half of them are
//! for the module that comes after the first card: they come beside it, in a script of
//! their own, which is given what it needs of the glue.

use anyhow::{Context, Result, ensure};

use crate::glue::has_word;

/// What is before the glue's functions for the wasm, each a property of one object, and after them.
const OBJECT: (&str, &str) = ("    const import0 = {\n", "    };\n");

/// How each of them begins.
const INDENT: &str = "        ";

/// The wasm's exports, once it runs: a variable.
const WASM: &str = "wasm";

/// What the glue says of a text that it has handed to the wasm, a variable too.
const LENGTH: &str = "WASM_VECTOR_LEN";

/// The glue without some of its functions for the wasm, and the script that has those.
pub(crate) struct Halves {
    pub(crate) first: String,
    pub(crate) late: String,
}

/// Takes the functions out of the glue that `is_late` says, by their names.
pub(crate) fn halves(glue: &str, is_late: impl Fn(&str) -> bool) -> Result<Halves> {
    let parts = glue.split_once(OBJECT.0).and_then(|(before, rest)| Some((before, rest.split_once(OBJECT.1)?)));
    let (before, (functions, after)) =
        parts.context("the glue's functions are not where they were: see how wasm-bindgen writes them now")?;
    let (mut first, mut late) = (String::new(), String::new());
    let mut goes = false;
    for line in functions.split_inclusive('\n') {
        let begins = line.strip_prefix(INDENT).and_then(|line| line.split_once(": function(")).map(|(name, _)| name);
        if let Some(name) = begins.filter(|name| !name.starts_with(' ')) {
            goes = is_late(name);
        }
        if goes { &mut late } else { &mut first }.push_str(line);
        if line.strip_prefix(INDENT).is_some_and(|line| line.starts_with('}')) {
            goes = false;
        }
    }
    ensure!(!late.is_empty() && !goes, "the glue's functions are not written as they were: see how wasm-bindgen does it now");
    // By the loader's URL its files are found; www/guard.js has it for the first half only.
    ensure!(!late.contains("URL("), "what only the rest of the wasm calls makes a URL: it would be the page's, and no page may replace it");
    let rest = [before, after].concat();
    let (functions, variables) = declared(&rest);
    if let Some(name) = variables.into_iter().find(|name| ![WASM, LENGTH].contains(name) && has_word(&late, name)) {
        anyhow::bail!("what only the rest of the wasm calls needs `{name}` of the glue: hand it on as `{LENGTH}` is");
    }
    let needed: Vec<_> = [WASM].into_iter().chain(functions.into_iter().filter(|name| has_word(&late, name))).collect();
    let names = needed.join(", ");
    let first = format!("{before}{}{first}{}{after}export const tools = () => [{names}, () => {LENGTH}];\n", OBJECT.0, OBJECT.1);
    let late = late.replace(LENGTH, "length()");
    Ok(Halves { first, late: format!("export default ([{names}, length]) => ({{\n__proto__: null,\n{late}}});\n") })
}

/// The functions that the glue declares for all of it, and what else.
fn declared(glue: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut functions, mut others) = (Vec::new(), Vec::new());
    for line in glue.lines() {
        let Some((keyword, rest)) = line.strip_prefix("export ").unwrap_or(line).split_once(' ') else { continue };
        let names = rest.split(['=', ';', '(']).next().unwrap_or_default().trim();
        match keyword {
            "function" => functions.push(names),
            "let" | "const" => others.extend(names.split(',').map(str::trim)),
            "class" => others.extend(names.split(' ').next()),
            "import" => {
                let imported = names.split_once('{').and_then(|(_, names)| names.split_once('}'));
                others.extend(imported.map_or("", |(names, _)| names).split(',').map(str::trim).filter(|name| !name.is_empty()));
            }
            _ => {}
        }
    }
    (functions, others)
}

#[cfg(test)]
mod tests {
    use super::halves;

    const GLUE: &str = "\
import { texts } from './snippet.js';
export function shown() {
    wasm.shown();
}
export class Widget {
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_first_1: function(arg0) {
            return getText(arg0);
        },
        __wbg_late_2: function() { return handleError(function (arg0) {
            if (arg0) {
                setText(arg0, wasm.malloc, shim);
            }
            return WASM_VECTOR_LEN;
        }, arguments); },
        __wbg_first_3: function() {
        },
    };
}
let LENGTHS = 0;
let wasmModule, other;
function shim(values) {}
function getText(text) {}
function setText(text) {}
function handleError(run, values) {}
";

    #[test]
    fn what_is_late_goes_with_what_it_needs() {
        let halves = halves(GLUE, |name| name == "__wbg_late_2").unwrap();
        assert!(halves.first.contains("__wbg_first_1") && halves.first.contains("__wbg_first_3") && !halves.first.contains("__wbg_late_2"));
        assert!(halves.first.ends_with("export const tools = () => [wasm, shim, setText, handleError, () => WASM_VECTOR_LEN];\n"));
        let start = "export default ([wasm, shim, setText, handleError, length]) => ({\n__proto__: null,\n        __wbg_late_2";
        assert!(halves.late.starts_with(start), "{}", halves.late);
        assert!(halves.late.contains("return length();\n        }, arguments); },\n"));
    }

    #[test]
    fn a_glue_of_another_form_is_refused() {
        assert!(halves(&GLUE.replace("        __wbg", "\t__wbg"), |_| true).is_err());
        for other in ["new URL(arg0", "new Widget(arg0", "texts(arg0", "other(arg0"] {
            assert!(halves(&GLUE.replace("setText(arg0", other), |name| name == "__wbg_late_2").is_err(), "{other}");
        }
    }
}
