//! No violation of any rule that axe-core knows, light and dark.

use std::{fs, path::Path};

use serde_json::json;

use crate::harness::in_browser;

fn accessible(scheme: &str, width: u32) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&script).unwrap_or_else(|error| panic!("{}: {error}: `cargo xtask test` installs it", script.display()));
    in_browser(async |tab| {
        tab.size(width, 800, width < 600).await;
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        tab.cdp("Emulation.setEmulatedMedia", media).await;
        // Without the policy, which would stop axe, not Kabar.
        tab.open("/?open").await;
        tab.until("one('kabar-cards') && one('kabar-share') && one('kabar-next')").await;
        for tag in ["kabar-share", "kabar-next", "kabar-cards"] {
            tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
            tab.until_event("kabar-ready", tag).await;
        }
        tab.run(&axe).await;
        let results = tab.run("return axe.run(document, { resultTypes: ['violations'] });").await;
        let passes = results["passes"].as_array().unwrap().len();
        assert!(passes > 20, "axe looked at next to nothing: {passes} rules passed");
        let violations: Vec<String> = results["violations"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|rule| {
                let nodes = rule["nodes"].as_array().unwrap();
                nodes.iter().map(|node| format!("{}: {} {}", rule["id"], node["target"], node["failureSummary"]))
            })
            .collect();
        assert!(violations.is_empty(), "{violations:#?}");
        // It must have looked into the shadow roots.
        let seen = tab.run("return axe.run(one('kabar-share'), { runOnly: ['link-name'] }).then((found) => found.passes);").await;
        assert!(seen.as_array().is_some_and(|rules| rules.iter().any(|rule| rule["id"] == "link-name")));
        tab.console_is_empty().await;
    });
}

#[test]
fn no_violation_in_light() {
    accessible("light", 1280);
}

#[test]
fn no_violation_in_dark() {
    accessible("dark", 1280);
}

#[test]
fn no_violation_on_a_phone() {
    accessible("light", 360);
}
