//! The share bar.

use leptos::{either::Either, html, prelude::*, svg};

use super::{Click, OnClick, ShareBar, Target};

/// A labelled `nav` of links and buttons, and the place where it speaks.
pub(super) fn share_bar(bar: ShareBar, on_click: OnClick) -> impl IntoView {
    let ShareBar { label, name, targets, status, .. } = bar;
    let targets = targets.into_iter().enumerate().map(|(place, target)| share_target(target, place, on_click.clone())).collect::<Vec<_>>();
    html::nav().class("share").attr("part", "share").attr("aria-label", name).child((
        (!label.is_empty()).then(|| html::p().class("label").attr("part", "heading").child(label)),
        targets,
        // Always there, so that a screen reader notices when its text changes.
        html::span().class("status").attr("role", "status").child(status),
    ))
}

fn share_target(target: Target, place: usize, on_click: OnClick) -> impl IntoView {
    let Target { network, href, name, description, .. } = target;
    let inside = (
        svg::svg().attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(svg::path().attr("d", network.icon)),
        html::span().class("name").child(name),
    );
    let click = move |event| on_click(Click::Share(place), event);
    match href {
        Some(href) => {
            // A mail client is not a page: a new tab for it would stay empty.
            let new_tab = !href.starts_with("mailto:");
            Either::Left(
                html::a()
                    .attr("part", "button")
                    .attr("data-network", network.id)
                    .attr("href", href)
                    .attr("target", new_tab.then_some("_blank"))
                    .attr("rel", "noopener noreferrer nofollow")
                    .attr("aria-label", description)
                    .on(leptos::ev::click, click)
                    .child(inside),
            )
        }
        None => Either::Right(
            html::button()
                .attr("part", "button")
                .attr("type", "button")
                .attr("data-network", network.id)
                .attr("aria-label", description)
                .on(leptos::ev::click, click)
                .child(inside),
        ),
    }
}
