//! Which of the wasm's modules a function is in: the first, which every card waits
//! for, or one of those that come later.
//!
//! What pages entered is not all that pages may: other feeds hold other things. So
//! what is called is looked at as well, and what may be called too early is in the
//! first. A call of a function that is not there traps, and the element begins anew.

use std::collections::{BTreeMap, BTreeSet};

/// The kinds of pages that entered a function, by its name.
pub(crate) type Kinds = BTreeMap<String, BTreeSet<String>>;

/// Who calls whom.
pub(crate) type Calls = BTreeSet<(String, String)>;

/// What reads RSS, Atom and pages: a module of its own, for feeds that are no JSON.
const MARKUP: [&str; 3] = ["kabar::feed::xml", "kabar::feed::date::mail", "kabar::browser::feeds::markup"];

/// Parts of the names of what is surely only for the elements or feeds that a module is for.
const OWN: [(&str, &[&str]); 3] = [
    ("next", &["kabar::next::next", "kabar::next::current", "kabar::view::model::Teaser", "kabar::view::article::teaser"]),
    (
        "share-bar",
        &[
            "kabar::share::",
            "kabar::browser::share",
            "kabar::view::share",
            "kabar::view::model::Target",
            "kabar::view::model::ShareBar",
            "::read_share",
        ],
    ),
    ("wordpress", &["kabar::feed::wordpress::"]),
];

/// Parts of the names of functions that are called by the first module though they are in a
/// later one, and what has brought that by then.
const AWAITED: [(&str, &str); 9] = [
    ("kabar::feed::ghost::", "www/runtime.js: `posts`"),
    ("kabar::feed::read_xml", "www/runtime.js: a feed that is no JSON"),
    ("kabar::feed::entity::any", "www/runtime.js: `rare_`"),
    ("kabar::view::node::Node>::take_over", "www/runtime.js: rendered ahead of time"),
    ("kabar::browser::share::take_extras", "www/optional/share.js"),
    ("kabar::feed::model::Item>::is_same", "a second page of a feed: www/optional/more.js"),
    ("kabar::browser::dates::RelativeTimeFormat", "www/runtime.js: `dates`"),
    ("kabar::browser::content::Content>::says::{closure#1}", "www/runtime.js: `rare_`"),
    ("core::ptr::drop_in_place::<kabar::view::", "an update, or an element that leaves: www/runtime.js"),
];

/// The same of functions that pages enter, always or most often after the rest is there:
/// what runs in them is not counted.
const LATE: [(&str, &str); 7] = [
    ("kabar::feed::wordpress::excerpt", "www/runtime.js: posts, and `plugin_`"),
    ("kabar::feed::wordpress::left_references", "www/runtime.js: `plugin_`"),
    ("widget_press", "www/runtime.js: `press`"),
    ("widget_warn", "www/runtime.js: after the first card"),
    ("kabar::feed::error::FeedError>::message", "www/runtime.js: `asks`; else the element begins anew"),
    ("kabar::feed::single", "www/runtime.js: `asks`"),
    ("kabar::browser::feeds::Pages>::next", "www/runtime.js: `asks`"),
];

/// Whether a function comes late, whoever calls it.
pub(crate) fn is_late(name: &str) -> bool {
    LATE.iter().any(|(part, _)| name.contains(part))
}

/// The module of each function that is not in the first, by its name.
pub(crate) fn assigned(kinds: &Kinds, mut calls: Calls) -> BTreeMap<String, &'static str> {
    // What calls a closure cannot be told, but what makes it.
    for name in kinds.keys() {
        if let Some((by, _)) = name.split_once("::{closure#") {
            let made_by = |by: &str| kinds.contains_key(by).then(|| (by.to_owned(), name.clone()));
            calls.extend(made_by(by).or_else(|| made_by(by.strip_prefix('<')?)));
        }
    }
    let mut modules: BTreeMap<_, _> = kinds.iter().filter_map(|(name, kinds)| Some((name.clone(), module(name, kinds)?))).collect();
    // What others call as well must be there without the one that only some pages have.
    to_first(&mut modules, &calls, |name, its, by| {
        let own = OWN.iter().find(|(module, _)| *module == its);
        by != Some(its) && own.is_some_and(|(_, parts)| !parts.iter().any(|part| name.contains(part)))
    });
    // Of functions that come out alike the compiler keeps one, under the name of any:
    // what is std's by its name may be for others too.
    for (by, it) in &calls {
        let is_std = !it.starts_with("kabar") && !it.starts_with("<kabar");
        if is_std && !by.contains("kabar::feed") && modules.get(by) == Some(&"rest") && modules.get(it) == Some(&"markup") {
            modules.insert(it.clone(), "rest");
        }
    }
    // What is called by what is entered is there with it, entered or not: nobody has seen all feeds.
    to_first(&mut modules, &calls, |name, its, by| {
        by.is_none() && matches!(its, "rest" | "markup") && !is_late(name) && !AWAITED.iter().any(|(part, _)| name.contains(part))
    });
    modules
}

/// Puts into the first module what must be there: by its name, its module, and that of
/// one that calls it, which is nothing for the first.
fn to_first(modules: &mut BTreeMap<String, &'static str>, calls: &Calls, must: impl Fn(&str, &str, Option<&str>) -> bool) {
    loop {
        let found = calls.iter().find(|(by, it)| modules.get(it).is_some_and(|its| must(it, its, modules.get(by).copied())));
        let Some((_, it)) = found else { return };
        modules.remove(it);
    }
}

/// The module of a function, by the kinds of pages that entered it; nothing for the first.
fn module(name: &str, kinds: &BTreeSet<String>) -> Option<&'static str> {
    // What is for one alone, on whatever page it is, or where nobody has counted it.
    for (module, parts) in OWN {
        if (module == "next" || is_late(name)) && parts.iter().any(|part| name.contains(part)) {
            return Some(module);
        }
    }
    let mut own = kinds.iter().map(String::as_str).filter(|kind| *kind != "several");
    match (own.next(), own.next()) {
        (Some("share"), None) => Some("share-bar"),
        (Some("wordpress"), None) => Some("wordpress"),
        _ if !kinds.is_empty() => None,
        _ if MARKUP.iter().any(|part| name.contains(part)) => Some("markup"),
        _ => Some("rest"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Calls, Kinds, assigned};

    /// Functions with the kinds of pages that entered them, and calls, as `who > whom`.
    fn modules(functions: &[(&str, &[&str])], calls: &[&str]) -> Vec<(String, &'static str)> {
        let kinds: Kinds =
            functions.iter().map(|(name, kinds)| ((*name).to_owned(), kinds.iter().map(|kind| (*kind).to_owned()).collect())).collect();
        let calls: Calls = calls.iter().filter_map(|call| call.split_once(" > ")).map(|(by, it)| (by.to_owned(), it.to_owned())).collect();
        assigned(&kinds, calls).into_iter().collect()
    }

    #[test]
    fn what_is_entered_is_in_the_first() {
        let functions = [("kabar::feed::read", &["cards", "share"][..]), ("kabar::feed::xml::read", &[]), ("kabar::more", &[])];
        assert_eq!(modules(&functions, &[]), [("kabar::feed::xml::read".into(), "markup"), ("kabar::more".into(), "rest")]);
    }

    #[test]
    fn what_is_called_from_the_first_is_in_it() {
        let functions = [("kabar::title", &["cards"][..]), ("kabar::arrow", &[]), ("kabar::end", &[]), ("kabar::more", &[])];
        let calls = ["kabar::title > kabar::arrow", "kabar::arrow > kabar::end", "kabar::more > kabar::end"];
        assert_eq!(modules(&functions, &calls), [("kabar::more".into(), "rest")]);
    }

    #[test]
    fn but_for_what_the_runtime_waits_for() {
        let functions = [("kabar::feed::read", &["cards"][..]), ("kabar::feed::ghost::item", &[]), ("kabar::feed::ghost::tags", &[])];
        let calls = ["kabar::feed::read > kabar::feed::ghost::item", "kabar::feed::ghost::item > kabar::feed::ghost::tags"];
        assert_eq!(modules(&functions, &calls).len(), 2);
    }

    #[test]
    fn a_closure_is_where_it_is_made() {
        let functions =
            [("kabar::bare", &["cards"][..]), ("<kabar::bare::{closure#0} as core::ops::function::FnOnce<(char,)>>::call_once", &[])];
        assert!(modules(&functions, &[]).is_empty());
    }

    #[test]
    fn what_others_call_is_not_apart() {
        let functions = [
            ("kabar::feed::wordpress::item", &["wordpress"][..]),
            ("kabar::feed::paging::parameter", &["wordpress"]),
            ("kabar::feed::paging::own", &["wordpress"]),
            ("kabar::more", &[]),
        ];
        let calls = [
            "kabar::feed::wordpress::item > kabar::feed::paging::parameter",
            "kabar::feed::wordpress::item > kabar::feed::paging::own",
            "kabar::more > kabar::feed::paging::parameter",
        ];
        let expected = [
            ("kabar::feed::paging::own".into(), "wordpress"),
            ("kabar::feed::wordpress::item".into(), "wordpress"),
            ("kabar::more".into(), "rest"),
        ];
        assert_eq!(modules(&functions, &calls), expected);
    }
}
