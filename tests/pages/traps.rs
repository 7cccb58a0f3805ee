//! The wasm is made to trap, in every place where the browser calls into it:
//! the page starts one fresh instance, and after a second trap the fallback
//! stays. Nothing of it reaches the page.

use crate::{
    harness::{Tab, cases, in_browser, reliability},
    network::PROBE,
};

cases![
    in_a_component,
    in_a_component_twice,
    by_a_stack_overflow,
    by_a_stack_overflow_twice,
    while_state_is_borrowed,
    while_state_is_borrowed_twice,
    in_an_update,
    in_an_update_twice,
    in_an_event_handler,
    in_an_event_handler_twice,
    in_a_timer,
    when_an_element_leaves,
];

const BODY: &str = r#"<script>addEventListener("click", (event) => event.preventDefault());</script>
    <kabar-cards feed="/feed/good.json" limit="4" loading="eager"><a href="/archive">Semua artikel</a></kabar-cards>
    <kabar-share networks="copy email" loading="eager"><a href="/share">Bagikan</a></kabar-share>
    <kabar-next feed="/feed/good.json" loading="eager"><a href="/next">Berikutnya</a></kabar-next>"#;

/// What the wasm calls, made to throw there while `armed`, at most `TIMES` times.
/// What was not so from the start is disarmed when it springs: rendering anew is to work.
const SABOTAGE: &str = r#"
    window.thrown = 0;
    window.armed = ARMED;
    {
      const how = { throw: () => { throw new Error("sabotage"); }, overflow: function deep() { deep(); deep(); } };
      const always = armed;
      const inside = () => {
        if (!armed || thrown >= TIMES || !/wasm/.test(new Error().stack)) return false;
        thrown += 1;
        armed = always;
        return true;
      };
      const { createElement } = Document.prototype;
      const { getAttribute, remove } = Element.prototype;
      const { removeChild } = Node.prototype;
      const data = Object.getOwnPropertyDescriptor(CharacterData.prototype, "data");
      const text = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
      const value = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
      const href = Object.getOwnPropertyDescriptor(URL.prototype, "href");
      const place = "PLACE";
      if (place === "component" || place === "overflow") Document.prototype.createElement = function (name, ...rest) {
        if (name === "article" && inside()) how[place === "overflow" ? "overflow" : "throw"]();
        return createElement.call(this, name, ...rest);
      };
      if (place === "borrowed") Object.defineProperty(URL.prototype, "href", { ...href, get() {
        if (inside()) how.throw();
        return href.get.call(this);
      } });
      if (place === "handler") Element.prototype.getAttribute = function (name) {
        if (inside()) how.throw();
        return getAttribute.call(this, name);
      };
      if (place === "leaving") {
        Element.prototype.remove = function () { if (inside()) how.throw(); return remove.call(this); };
        Node.prototype.removeChild = function (node) { if (inside()) how.throw(); return removeChild.call(this, node); };
      }
      if (place === "text") {
        const spoil = (owner, name, own) => Object.defineProperty(owner, name, { ...own, set(text) {
          if (inside()) how.throw();
          own.set.call(this, text);
        } });
        spoil(CharacterData.prototype, "data", data);
        spoil(Node.prototype, "textContent", text);
        spoil(Node.prototype, "nodeValue", value);
      }
    }"#;

/// Visits the page with a trap laid. `armed` says whether it is so from the start.
async fn visit(tab: &Tab, place: &str, times: u32, armed: bool) {
    tab.before(PROBE).await;
    let script = SABOTAGE.replace("PLACE", place).replace("TIMES", &times.to_string()).replace("ARMED", &armed.to_string());
    tab.before(&script).await;
    tab.open_with("/pages/elements/page.html", &[("body", BODY)]).await;
}

/// All three are rendered, and the wasm is whole, so that a trap is none of its absence.
async fn rendered(tab: &Tab, cards: usize) {
    tab.until(&format!(
        "all('kabar-cards', 'article.card').length === {cards} && all('kabar-share', '[data-network]').length === 2
            && inside('kabar-next', 'aside.next') !== null && !['cards', 'share', 'next'].some((name) => shown(one(`kabar-${{name}} > a`)))"
    ))
    .await;
    tab.until("probe.later > 0").await;
    tab.settle().await;
}

/// The trap has sprung once; the page is as if it had not.
async fn recovered(tab: &Tab, cards: usize, lines: &[&str]) {
    tab.until("thrown === 1").await;
    tab.until("probe.memories.size === 2").await;
    rendered(tab, cards).await;
    assert_eq!(tab.asked_for_wasm(), 1, "the compiled module is kept");
    for (host, link) in [("kabar-cards", "h3 > a"), ("kabar-next", "h3 > a"), ("kabar-share", "a[data-network]")] {
        tab.run_with("inside(arguments[0], arguments[1]).click();", vec![host.into(), link.into()]).await;
    }
    for event in ["kabar-card-click", "kabar-next-click", "kabar-share"] {
        tab.until(&format!("events({event:?}).length === 1")).await;
    }
    tab.run("one('kabar-cards').setAttribute('limit', 2);").await;
    tab.until("all('kabar-cards', 'article.card').length === 2").await;
    tab.check("events('kabar-error').length === 0").await;
    tab.console_is(lines).await;
}

/// The trap has sprung too often: each element is its fallback, and says `internal`.
async fn given_up(tab: &Tab) {
    tab.until("['cards', 'share', 'next'].every((name) => shown(one(`kabar-${name} > a`)))").await;
    tab.until("events('kabar-error').length === 3").await;
    tab.settle().await;
    tab.check("events('kabar-error').length === 3 && events('kabar-error').every((event) => event.detail.code === 'internal')").await;
    tab.check("['cards', 'share', 'next'].every((name) => root(`kabar-${name}`).querySelectorAll('article, nav, aside').length === 0)")
        .await;
    let traps = tab.js("thrown").await;
    assert!((2..=3).contains(&traps.as_u64().unwrap()), "{traps}: it is not tried for ever");
    let message = tab.text("events('kabar-error')[0].detail.message").await;
    tab.console_is(&[&format!("[kabar] internal: {message}")]).await;
}

fn note(fault: &str) {
    reliability::record(fault, 1, "a fresh instance of the kept module renders, other elements go on, nothing reaches the page");
}

fn note_twice(fault: &str) {
    reliability::record(fault, 1, "the second time, the fallbacks stay with `internal`; nothing reaches the page");
}

/// A trap while the elements are rendered.
fn at_first(place: &str) {
    in_browser(async |tab| {
        visit(tab, place, 1, true).await;
        recovered(tab, 4, &[]).await;
        note(&format!("a trap in a render ({place})"));
    });
}

fn at_first_twice(place: &str) {
    in_browser(async |tab| {
        visit(tab, place, 1000, true).await;
        given_up(tab).await;
        note_twice(&format!("a trap in a render ({place}), again and again"));
    });
}

fn in_a_component() {
    at_first("component");
}

fn in_a_component_twice() {
    at_first_twice("component");
}

fn by_a_stack_overflow() {
    at_first("overflow");
}

fn by_a_stack_overflow_twice() {
    at_first_twice("overflow");
}

fn while_state_is_borrowed() {
    at_first("borrowed");
}

fn while_state_is_borrowed_twice() {
    at_first_twice("borrowed");
}

/// A trap that something which happens later springs.
fn later(fault: &str, place: &str, act: &str, cards: usize) {
    in_browser(async |tab| {
        visit(tab, place, 1, false).await;
        rendered(tab, 4).await;
        tab.run(&format!("window.armed = true; {act}")).await;
        recovered(tab, cards, &[]).await;
        note(fault);
    });
}

fn later_twice(fault: &str, place: &str, acts: [&str; 2]) {
    in_browser(async |tab| {
        visit(tab, place, 1000, false).await;
        rendered(tab, 4).await;
        tab.run(&format!("window.armed = true; {}", acts[0])).await;
        tab.until("thrown === 1").await;
        tab.until("probe.memories.size === 2").await;
        tab.until("all('kabar-cards', 'article.card').length > 0 && all('kabar-share', '[data-network]').length === 2").await;
        tab.settle().await;
        tab.run(&format!("window.armed = true; {}", acts[1])).await;
        given_up(tab).await;
        note_twice(fault);
    });
}

fn in_an_update() {
    later("a trap in an update", "component", "one('kabar-cards').setAttribute('limit', 6);", 6);
}

fn in_an_update_twice() {
    let acts = ["one('kabar-cards').setAttribute('limit', 6);", "one('kabar-cards').setAttribute('limit', 8);"];
    later_twice("a trap in an update, again and again", "component", acts);
}

/// What a button does asks which one it is.
const PRESS: &str = "inside('kabar-share', 'button[data-network]').click();
    seen.heard.splice(0, Infinity, ...seen.heard.filter((event) => event.type !== 'kabar-share'));";

fn in_an_event_handler() {
    later("a trap in an event handler", "handler", PRESS, 4);
}

fn in_an_event_handler_twice() {
    later_twice("a trap in an event handler, again and again", "handler", [PRESS, PRESS]);
}

fn in_a_timer() {
    in_browser(async |tab| {
        visit(tab, "text", 1, false).await;
        rendered(tab, 4).await;
        // The confirmation of a copy is taken away by a timer, or put there by a promise.
        tab.run("window.armed = true;").await;
        // A reader's own click: browsers copy for no other.
        tab.click("inside('kabar-share', '[data-network=copy]')").await;
        tab.until("thrown === 1").await;
        tab.run("seen.heard.splice(0);").await;
        recovered(tab, 4, &[]).await;
        note("a trap in what a timer or a promise calls");
    });
}

fn when_an_element_leaves() {
    in_browser(async |tab| {
        visit(tab, "leaving", 1, false).await;
        rendered(tab, 4).await;
        tab.run("window.armed = true; window.gone = one('kabar-next'); gone.replaceWith('');").await;
        tab.until("thrown === 1 && probe.memories.size === 2").await;
        tab.until("all('kabar-cards', 'article.card').length === 4 && all('kabar-share', '[data-network]').length === 2").await;
        tab.run("document.body.append(gone);").await;
        tab.run("seen.heard.splice(0);").await;
        recovered(tab, 4, &[]).await;
        note("a trap when an element leaves");
    });
}
