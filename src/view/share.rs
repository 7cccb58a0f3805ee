//! The share bar.

use super::{
    Click, OnClick, ShareBar, Target, article,
    node::{Element, element},
};

/// A labelled `nav` of links and buttons, and the place where it speaks.
pub(super) fn share_bar(bar: ShareBar, on_click: &OnClick) -> Element {
    let ShareBar { label, name, targets, status, locale, .. } = bar;
    let targets = targets.into_iter().enumerate().map(|(place, target)| share_target(target, place, on_click));
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

fn share_target(target: Target, place: usize, on_click: &OnClick) -> Element {
    let Target { network, href, name, description, .. } = target;
    let control = match href {
        Some(href) => {
            // A mail client is not a page: a new tab for it would stay empty.
            let new_tab = (!href.starts_with("mailto:")).then(|| "_blank".to_owned());
            element("a").attr("href", href).maybe("target", new_tab).attr("rel", "noopener noreferrer nofollow")
        }
        None => element("button").attr("type", "button"),
    };
    let icon = element("svg").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(element("path").attr("d", network.icon));
    control
        .attr("part", "button")
        .attr("data-network", network.id)
        .attr("aria-label", description)
        .on_click(Click::Share(place), on_click.clone())
        .child(icon)
        .child(element("span").attr("class", "name").text(name))
}
