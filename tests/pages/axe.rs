//! No violation of any rule that axe-core knows, light and dark.

use std::{fs, path::Path};

use crate::harness::{Scheme, Tab, cases, in_browser_that_prefers};

cases![
    no_violation_in_light,
    no_violation_in_dark,
    no_violation_on_a_phone,
    no_violation_on_a_light_page_of_a_reader_who_prefers_dark,
    no_violation_on_a_page_that_is_dark_for_everyone,
    no_violation_in_a_theme_that_is_asked_for,
];

/// The whole page as axe-core judges it, once the elements are there.
async fn judge(tab: &Tab) {
    for tag in ["kabar-share", "kabar-next", "kabar-cards"] {
        tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
        tab.until_event("kabar-ready", tag).await;
    }
    judge_as_it_is(tab).await;
}

/// The same for a page that is waiting for nothing.
pub(crate) async fn judge_as_it_is(tab: &Tab) {
    let passes = violations_are_none(tab).await;
    assert!(passes > 20, "axe looked at next to nothing: {passes} rules passed");
    tab.console_is_empty().await;
}

/// The same for a page with little on it; how many rules it passes.
pub(crate) async fn violations_are_none(tab: &Tab) -> usize {
    let passes = judge_page(tab).await;
    // It must have looked into the shadow roots.
    let seen =
        tab.run("return axe.run(one('kabar-share'), { runOnly: ['link-name', 'target-size'] }).then((found) => found.passes);").await;
    let has_passed = |id: &str| seen.as_array().is_some_and(|rules| rules.iter().any(|rule| rule["id"] == id));
    assert!(has_passed("link-name") && has_passed("target-size"), "{seen}");
    passes
}

/// The same for a page that need have none of the elements.
pub(crate) async fn judge_page(tab: &Tab) -> usize {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&script).unwrap_or_else(|error| panic!("{}: {error}: `cargo xtask test` installs it", script.display()));
    tab.run(&axe).await;
    // WCAG 2.2, 2.5.8, which axe leaves off as long as it is new.
    let results = tab.run("return axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });").await;
    let passes = results["passes"].as_array().unwrap().len();
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
    passes
}

fn demo_is_accessible(scheme: Scheme, width: u32) {
    in_browser_that_prefers(scheme, async |tab| {
        tab.size(width, 800, width < 600).await;
        // Without the policy, which would stop axe, not Kabar.
        tab.open("/?open").await;
        tab.until("one('kabar-cards') && one('kabar-share') && one('kabar-next')").await;
        judge(tab).await;
    });
}

fn no_violation_in_light() {
    demo_is_accessible(Scheme::Light, 1280);
}

fn no_violation_in_dark() {
    demo_is_accessible(Scheme::Dark, 1280);
}

fn no_violation_on_a_phone() {
    demo_is_accessible(Scheme::Light, 360);
}

/// Most sites never heard of a dark scheme: there the widget must not be the
/// one that turns its text pale.
fn no_violation_on_a_light_page_of_a_reader_who_prefers_dark() {
    in_browser_that_prefers(Scheme::Dark, async |tab| {
        let body = r#"<style>body { background: #fff; color: #222; }</style>
            <main><h1>Halaman terang</h1><h2>Lainnya</h2><kabar-share></kabar-share>
            <kabar-next feed="/feed/good.json"></kabar-next><kabar-cards feed="/feed/good.json"></kabar-cards></main>"#;
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        judge(tab).await;
    });
}

fn no_violation_on_a_page_that_is_dark_for_everyone() {
    in_browser_that_prefers(Scheme::Light, async |tab| {
        let body = r#"<style>:root { color-scheme: dark; } body { background: #111; color: #eee; }</style>
            <main><h1>Halaman gelap</h1><h2>Lainnya</h2><kabar-share></kabar-share>
            <kabar-next feed="/feed/good.json"></kabar-next><kabar-cards feed="/feed/good.json"></kabar-cards></main>"#;
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        judge(tab).await;
    });
}

fn no_violation_in_a_theme_that_is_asked_for() {
    in_browser_that_prefers(Scheme::Light, async |tab| {
        let body = r#"<style>body { background: #111; color: #eee; }</style>
            <main><h1>Halaman gelap</h1><h2>Lainnya</h2><kabar-share theme="dark"></kabar-share>
            <kabar-next theme="dark" feed="/feed/good.json"></kabar-next>
            <kabar-cards theme="dark" feed="/feed/good.json"></kabar-cards></main>"#;
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        judge(tab).await;
    });
}
