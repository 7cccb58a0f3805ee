//! Pages that change what every script stands on, before Kabar's script or after
//! it: each element works or falls back, and nothing looks alive that is not.

mod faults;

use std::fmt::Write;

use serde::Deserialize;

use crate::harness::{Policy, Tab, cases, in_browser, reliability};
use faults::Fault;

cases![faults_before_the_script, faults_after_the_script];

/// Beyond what the same page takes without a fault, in milliseconds.
const WITHIN: f64 = 1000.0;

/// What came of a visit.
#[derive(Debug, Deserialize)]
struct Visit {
    /// In milliseconds, from the page's begin until all elements have come to something.
    time: f64,
    /// Of the cards, the share bar and the teaser.
    states: Vec<String>,
    /// Errors that reached the page.
    uncaught: Vec<String>,
    /// What was written to the console.
    lines: Vec<String>,
}

impl Visit {
    /// What is wrong with it.
    fn wrong(&self, usual: f64) -> Option<String> {
        let Self { time, states, uncaught, lines } = self;
        let fallen = states.iter().filter(|state| *state == "fallback").count();
        let wrong = states.iter().any(|state| state != "alive" && state != "fallback")
            || !uncaught.is_empty()
            || lines.iter().any(|line| !line.starts_with("[kabar] "))
            || lines.len() > fallen.max(1)
            || *time > usual + WITHIN;
        wrong.then(|| format!("{states:?} after {time:.0} ms, uncaught {uncaught:?}, console {lines:?}"))
    }

    /// A wrapper still does what the browser does: there is nothing to fall back for.
    fn falls_short(&self, name: &str) -> Option<String> {
        let is_short = name.contains("wrapper") && self.states.iter().any(|state| state != "alive");
        is_short.then(|| format!("{:?}, where all could work, console {:?}", self.states, self.lines))
    }

    fn outcome(&self) -> String {
        let alive = self.states.iter().filter(|state| *state == "alive").count();
        match alive {
            3 => "all works".to_owned(),
            0 => "the fallback stays".to_owned(),
            _ => "what cannot work leaves its fallback, the rest works".to_owned(),
        }
    }
}

async fn visit(tab: &Tab, (_, script): &Fault, before: bool) -> Visit {
    let script = format!("<script>(() => {{ {script} }})();</script>");
    let (before, after) = if before { (script.as_str(), "") } else { ("", script.as_str()) };
    let page = format!(
        "<!doctype html>\n<html lang=id>\n<meta charset=\"utf-8\">\n<title>Tuan rumah yang nakal</title>{before}\
        <script src=/dist/kabar.js></script>{after}
        <kabar-cards feed=/feed/good.json loading=eager><a href=/archive>Semua artikel</a></kabar-cards>
        <kabar-share loading=eager><a href=/share>Bagikan</a></kabar-share>
        <kabar-next feed=/feed/good.json order=feed loading=eager><a href=/next>Berikutnya</a></kabar-next>"
    );
    tab.make_page("page.html", Policy::None, page);
    serde_json::from_value(tab.run("return visit('/made/page.html');").await).unwrap()
}

async fn all_faults(tab: &Tab, before: bool) {
    tab.before(include_str!("hostile_page/observer.js")).await;
    tab.make_page("outer.html", Policy::None, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Pengamat</title><body>".to_owned());
    tab.open("/made/outer.html").await;
    let none = ("no fault", "");
    visit(tab, &none, before).await;
    let usual = visit(tab, &none, before).await;
    assert_eq!((usual.states.as_slice(), usual.lines.len()), (["alive"; 3].map(str::to_owned).as_slice(), 0), "{usual:?}");

    let mut wrong = String::new();
    let place = if before { "before" } else { "after" };
    for fault in faults::all(before) {
        let visit = visit(tab, fault, before).await;
        match visit.wrong(usual.time).or_else(|| visit.falls_short(fault.0)) {
            Some(what) => writeln!(wrong, "{}: {what}", fault.0).unwrap(),
            None => reliability::record(&format!("{place} the script: {}", fault.0), 1, &visit.outcome()),
        }
    }
    tab.console().await;
    assert!(wrong.is_empty(), "{place} the script\n{wrong}");
}

fn faults_before_the_script() {
    in_browser(async |tab| all_faults(tab, true).await);
}

fn faults_after_the_script() {
    in_browser(async |tab| all_faults(tab, false).await);
}
