//! The share bar.

use super::{
    ShareBar, Target, article,
    node::{Element, element},
};
use crate::share::Action;

/// A labelled `nav` of links and buttons, and the place where it speaks.
// Never inlined: it comes with what only share bars need.
#[inline(never)]
pub(super) fn share_bar(bar: &ShareBar) -> Element {
    let ShareBar { label, name, targets, visible, more, open, status, locale, .. } = bar;
    let mut targets: Vec<_> = targets.iter().map(share_target).collect();
    if !more.is_empty() {
        disclose(&mut targets, *visible, more, *open);
    }
    element("nav")
        .attr("class", "share")
        .attr("part", "share")
        .language(locale)
        .attr("aria-label", name)
        .child(article::label(label))
        .children(targets)
        // Always there, so that a screen reader notices when its text changes.
        .child(element("span").attr("class", "status").attr("role", "status").text(status))
}

fn share_target(target: &Target) -> Element {
    let Target { network, href, url, name, description } = target;
    let button = || element("button").attr("type", "button");
    let control = match (network.action, href) {
        (Action::Link(_), Some(href)) => {
            // What opens an app is not a page: a new tab for it would stay empty.
            let new_tab = network.opens_tab().then_some("_blank");
            element("a").attr("href", href).maybe("target", new_tab).attr("rel", "noopener noreferrer nofollow")
        }
        (_, href) => button().maybe("data-href", href.as_deref()),
    };
    control
        .attr("part", "button")
        .attr("data-network", network.id)
        // For www/clicks.js, which tells the page of it.
        .attr("data-url", url)
        .attr("aria-label", description)
        .child(icon(network.icon))
        .child(element("span").attr("class", "name").text(name))
}

fn icon(path: &str) -> Element {
    element("svg").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(element("path").attr("d", path))
}

/// Hides the targets beyond the first ones behind a button, after which they stand.
#[inline(never)]
fn disclose(targets: &mut Vec<Element>, visible: usize, more: &str, open: bool) {
    let hidden = targets.split_off(visible);
    let button = element("button")
        .attr("type", "button")
        .attr("part", "button")
        .attr("class", "others")
        .attr("aria-expanded", if open { "true" } else { "false" })
        .attr("aria-label", more)
        .child(icon("M4 10h4v4H4zm6 0h4v4h-4zm6 0h4v4h-4z"))
        .child(element("span").attr("class", "name").text(more));
    targets.push(button);
    targets.extend(hidden.into_iter().map(|target| if open { target } else { target.attr("hidden", "") }));
}
