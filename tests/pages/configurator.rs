//! The configurator: what is chosen is what is shown, said in the address, and copied.

use std::path::Path;

use thirtyfour::Key;

use crate::{
    axe,
    harness::{
        Engine, Policy, Scheme, Tab, cases, in_browser, in_browser_that_prefers,
        wire::{Step, Wire, private_head},
    },
};

cases![
    what_is_chosen_is_shown_and_copied,
    networks_are_put_in_order_by_keys_and_buttons,
    the_address_keeps_what_was_chosen_and_the_way_back,
    a_show_of_ones_own_needs_the_elements,
    the_preview_has_a_phones_and_a_desktops_width,
    every_attribute_of_the_table_has_a_control,
    faults_of_a_feed_are_named,
    articles_that_lack_something_are_counted,
    the_configurator_fits_a_small_phone,
    no_violation_of_accessibility_in_light,
    no_violation_of_accessibility_in_dark,
];

const PAGE: &str = "/www/configurator.html";

/// The page in the preview.
const FRAME: &str = "one('#preview').contentDocument";

/// What the elements in a document show, in a few words.
fn what(document: &str) -> String {
    format!(
        "[...{document}.querySelectorAll('kabar-cards, kabar-share, kabar-next')].filter((one) => !one.closest('#probe')).map((element) =>
            [element.localName, ...element.shadowRoot.querySelectorAll('[data-network], h2, h3, h4')].map((node) =>
                node.dataset?.network ?? node.textContent ?? node).join('|'))"
    )
}

/// Goes to another page: another fragment alone would be no visit.
async fn leave(tab: &Tab) {
    tab.make_page("blank.html", Policy::None, "<!doctype html><meta charset=\"utf-8\"><title>Blank</title>".to_owned());
    tab.open("/made/blank.html").await;
}

async fn open(tab: &Tab, choices: &[(&str, &str)]) {
    let fragment = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(choices).finish();
    leave(tab).await;
    tab.open(&format!("{PAGE}#{fragment}")).await;
    tab.until("one('#groups details')").await;
}

/// Waits for what the feed was found to be, and gives it.
async fn found(tab: &Tab) -> String {
    tab.until("one('#findings .good, #findings .bad')").await;
    tab.text("one('#findings').textContent").await
}

/// Opens the group of settings with this control.
async fn unfold(tab: &Tab, control: &str) {
    tab.run_with("one(arguments[0]).closest('details').open = true;", vec![control.into()]).await;
}

/// Types into an empty field, as a reader would.
async fn write(tab: &Tab, field: &str, text: &str) {
    tab.run_with("one(arguments[0]).focus(); one(arguments[0]).select?.();", vec![field.into()]).await;
    tab.write(text).await;
}

fn what_is_chosen_is_shown_and_copied() {
    in_browser(async |tab| {
        open(tab, &[("elements", "cards share")]).await;
        write(tab, "#feed", &format!("{}/feed/good.json", tab.origin())).await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-cards[feed]')")).await;
        unfold(tab, "#set-limit").await;
        write(tab, "#set-limit", "2").await;
        unfold(tab, "#set-open").await;
        tab.run("one('#set-open').value = 'new'; one('#set-open').dispatchEvent(new Event('change', { bubbles: true }));").await;
        tab.run("const accent = one('[data-key=\"--kabar-accent-color\"]'); accent.closest('details').open = true; accent.focus();").await;
        write(tab, "[data-key='--kabar-accent-color']", "rgb(1, 2, 3)").await;
        tab.until("one('#snippet').textContent.includes('rgb(1, 2, 3)')").await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-cards').shadowRoot.querySelectorAll('article').length === 2")).await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-share').shadowRoot.querySelector('[data-network=copy]')")).await;
        assert!(found(tab).await.contains("8 articles"));
        let here = tab.texts(&what(FRAME)).await;
        tab.console_is_empty().await;

        let shown = tab.text("one('#snippet').textContent").await;
        let hashes = std::fs::read_to_string(dist().join("integrity.json")).unwrap();
        let hashes: serde_json::Value = serde_json::from_str(&hashes).unwrap();
        for part in [
            &format!(r#"src="{}/dist/kabar.js""#, tab.origin()),
            &format!("integrity=\"{}\"", hashes["kabar.js"].as_str().unwrap()),
            r#"crossorigin="anonymous""#,
            r#"data-show="cards share""#,
            r#"data-open="new""#,
            r#"data-limit="2""#,
        ] {
            assert!(shown.contains(part), "{part} is not in {shown}");
        }
        // What is copied is what is shown, and says the same on a page of its own.
        tab.click("one('#copy')").await;
        tab.until("one('#copied').textContent !== ''").await;
        assert_eq!(tab.clipboard().await, shown);
        alone(tab, &shown).await;
        assert_eq!(tab.texts(&what("document")).await, here);
        assert_eq!(tab.text("getComputedStyle(one('kabar-cards')).getPropertyValue('--kabar-accent-color').trim()").await, "rgb(1, 2, 3)");
        tab.console_is_empty().await;
    });
}

/// Opens a snippet as a page of its own, until its elements are there.
async fn alone(tab: &Tab, snippet: &str) {
    let page =
        format!("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Own</title></head><body>{snippet}</body></html>");
    tab.make_page("own.html", Policy::None, page);
    tab.open("/made/own.html").await;
    tab.until("one('kabar-cards, kabar-share, kabar-next')").await;
    tab.until("[...document.querySelectorAll('kabar-cards, kabar-share, kabar-next')].every((one) => events('kabar-ready').some((event) => event.tag === one.localName))").await;
}

fn dist() -> std::path::PathBuf {
    std::env::var_os("KABAR_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), Into::into)
}

fn networks_are_put_in_order_by_keys_and_buttons() {
    in_browser(async |tab| {
        open(tab, &[("elements", "share"), ("networks", "whatsapp x copy")]).await;
        let shown = format!(
            "[...{FRAME}.querySelectorAll('#place kabar-share')].flatMap((bar) => [...(bar.shadowRoot?.querySelectorAll('[data-network]') ?? [])].map((one) => one.dataset.network)).join(' ')"
        );
        tab.until(&format!("{shown} === 'whatsapp x copy'")).await;
        unfold(tab, "[data-word=copy]").await;
        tab.run("one('[data-word=copy] input').focus();").await;
        tab.press_with_alt(Key::Up).await;
        tab.until(&format!("{shown} === 'whatsapp copy x'")).await;
        tab.check("focused() === one('[data-word=copy] input')").await;
        tab.click("one('[data-word=whatsapp] button[aria-label*=down]')").await;
        tab.until(&format!("{shown} === 'copy whatsapp x'")).await;
        tab.check(
            "one('[data-word=whatsapp]').closest('fieldset').querySelector('[role=status]').textContent.startsWith('whatsapp: 2 of ')",
        )
        .await;
        tab.click("one('[data-word=x] input')").await;
        tab.until(&format!("{shown} === 'copy whatsapp'")).await;
        tab.check("one('#snippet').textContent.includes('data-networks=\"copy whatsapp\"')").await;
        // With the mouse, as a browser tells a page of it.
        tab.run("const data = new DataTransfer();
            const drag = (word, name) => one(`[data-word=${word}]`).dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: data }));
            drag('whatsapp', 'dragstart'); drag('copy', 'dragover'); drag('copy', 'drop'); drag('whatsapp', 'dragend');").await;
        tab.until(&format!("{shown} === 'whatsapp copy'")).await;
        tab.console_is_empty().await;
    });
}

fn the_address_keeps_what_was_chosen_and_the_way_back() {
    in_browser(async |tab| {
        open(tab, &[("feed", &format!("{}/feed/good.json", tab.origin())), ("elements", "cards"), ("limit", "3")]).await;
        let count = |number: u32| {
            format!(
                "{FRAME}.querySelectorAll('#place kabar-cards').length && {FRAME}.querySelector('#place kabar-cards').shadowRoot?.querySelectorAll('article').length === {number}"
            )
        };
        tab.until(&count(3)).await;
        tab.check("one('#set-limit').value === '3' && one('#set-limit').closest('details').open").await;
        let choose = async |value: &str| {
            let script = "const control = one('#set-open'); control.value = arguments[0]; control.dispatchEvent(new Event('change', { bubbles: true }));";
            tab.run_with(script, vec![value.into()]).await;
        };
        choose("new").await;
        tab.until("one('#snippet').textContent.includes('data-open=\"new\"') && location.hash.includes('open=new')").await;
        let script =
            "const control = one('#set-layout'); control.value = 'compact'; control.dispatchEvent(new Event('change', { bubbles: true }));";
        tab.run(script).await;
        tab.until("location.hash.includes('layout=compact')").await;
        tab.run("history.back();").await;
        tab.until("!location.hash.includes('layout') && one('#set-layout').value === ''").await;
        tab.check("one('#set-open').value === 'new' && !one('#snippet').textContent.includes('layout')").await;
        tab.run("history.forward();").await;
        tab.until("one('#set-layout').value === 'compact'").await;
        // The same address on another day.
        let address = tab.text("location.href").await;
        leave(tab).await;
        tab.open(&address).await;
        tab.until("one('#set-layout')?.value === 'compact' && one('#set-open').value === 'new'").await;
        tab.until(&count(3)).await;
        tab.check(&format!("{FRAME}.querySelector('#place kabar-cards').getAttribute('layout') === 'compact'")).await;
        tab.console_is_empty().await;
    });
}

fn a_show_of_ones_own_needs_the_elements() {
    in_browser(async |tab| {
        open(tab, &[("feed", &format!("{}/feed/good.json", tab.origin())), ("show", "title date"), ("order-next", "newer")]).await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-cards')?.shadowRoot?.querySelector('article')")).await;
        tab.check("one('#form-said').textContent.includes('show')").await;
        let snippet = tab.text("one('#snippet').textContent").await;
        assert!(
            snippet.contains("<kabar-next") && snippet.contains(r#" show="title date""#) && !snippet.contains("data-show"),
            "{snippet}"
        );
        tab.until(&format!("{FRAME}.querySelector('#place kabar-next').shadowRoot.querySelector('aside')")).await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-share').shadowRoot.querySelector('nav')")).await;
        let here = tab.texts(&what(FRAME)).await;
        alone(tab, &snippet).await;
        assert_eq!(tab.texts(&what("document")).await, here);
        tab.console_is_empty().await;
    });
}

fn the_preview_has_a_phones_and_a_desktops_width() {
    in_browser(async |tab| {
        open(tab, &[("elements", "cards")]).await;
        let columns = format!(
            "getComputedStyle({FRAME}.querySelector('#place kabar-cards').shadowRoot.querySelector('[part~=cards]')).gridTemplateColumns.split(' ').length"
        );
        tab.until(&format!("{FRAME}.querySelector('#place kabar-cards')?.shadowRoot?.querySelector('article')")).await;
        tab.until(&format!("one('#preview').contentWindow.innerWidth === 360 && {columns} === 1")).await;
        for (width, least) in [(768, 2), (1280, 4)] {
            tab.click(&format!("one('[name=width][value=\"{width}\"]')")).await;
            tab.until(&format!("one('#preview').contentWindow.innerWidth === {width} && {columns} >= {least}")).await;
        }
        tab.until("one('#preview').getBoundingClientRect().width <= one('#stage').clientWidth + 1").await;
        tab.run("one('#width').focus();").await;
        tab.press(Key::Home).await;
        tab.until("one('#preview').contentWindow.innerWidth === 200").await;
        tab.click("one('[name=page][value=dark]')").await;
        tab.until(&format!("getComputedStyle({FRAME}.documentElement).colorScheme === 'dark'")).await;
        tab.console_is_empty().await;
    });
}

fn every_attribute_of_the_table_has_a_control() {
    in_browser(async |tab| {
        open(tab, &[]).await;
        tab.until("one('[data-key=\"--kabar-font\"]')").await;
        let keys = tab.texts("[...document.querySelectorAll('#groups [data-key]')].map((control) => control.dataset.key)").await;
        for attribute in kabar::config::ATTRIBUTES.iter().filter(|attribute| attribute.name != "feed") {
            assert!(keys.iter().any(|key| key == attribute.name), "{} has no control", attribute.name);
        }
        assert!(keys.contains(&"order-next".to_owned()), "{keys:?}");
        // Each network has its icon, also one that is for phones only.
        tab.check(
            "[...document.querySelectorAll('[data-key=networks] [data-word]')].every((item) => item.querySelectorAll('svg path[d]').length === 1)",
        )
        .await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-cards')?.shadowRoot?.querySelector('article')")).await;
        tab.console_is_empty().await;
    });
}

fn faults_of_a_feed_are_named() {
    in_browser(async |tab| {
        tab.make("none.json", "application/feed+json", r#"{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[]}"#);
        let origin = tab.origin().to_owned();
        let wire = Wire::start();
        let private = wire.answer("/feed.json", vec![Step::Send(private_head("200 OK", &["content-type: application/feed+json"]))]);
        for (feed, code, says, lines) in [
            (format!("{origin}/feed/status/404"), "feed-status", "check its path", 1),
            (format!("{origin}/feed/status/503"), "feed-status", "look in its log", 1),
            (format!("{origin}/feed/html"), "feed-invalid", "the address of the feed itself", 0),
            (format!("{origin}/made/none.json"), "feed-empty", "No articles", 0),
            (format!("{origin}/feed/large"), "feed-too-large", "over 2 MiB", 0),
            (private, "feed-unreachable", "Access-Control-Allow-Origin: *", 1),
            ("http://127.0.0.1:9/feed.json".to_owned(), "feed-unreachable", "Nothing answers there", 1),
            ("ftp://news.example/feed".to_owned(), "config", "An address begins with https://", 0),
        ] {
            open(tab, &[("feed", &feed), ("elements", "cards")]).await;
            tab.until("one('#findings .bad')").await;
            let found = found(tab).await;
            assert!(found.contains(says), "{feed}: {found}");
            assert_eq!(tab.text("one('#findings a').hash").await, format!("#{code}"), "{feed}");
            // The browser's own lines of what failed come before Kabar's.
            let console = tab.console().await;
            // Only Chromium's log has the lines of the preview's frame.
            let is_said = console.iter().any(|line| line.starts_with(&format!("[kabar] {code}: ")));
            assert!(is_said || !tab.is(Engine::Chromium), "{console:?}");
            assert!(
                console.iter().filter(|line| !line.starts_with("[kabar]")).count() >= lines || !tab.is(Engine::Chromium),
                "{console:?}"
            );
            assert!(!console.iter().any(|line| line.contains("Content Security Policy")), "{console:?}");
        }
        tab.console_is_empty().await;
    });
}

fn articles_that_lack_something_are_counted() {
    in_browser(async |tab| {
        let items = r#"{"id":"1","url":"https://a.example/1","title":"One","content_text":"a","date_published":"2024-03-11T08:00:00Z","image":"/feed/picture.svg"},
            {"id":"2","url":"https://a.example/2","title":"Two","content_text":"b"},
            {"id":"3","url":"https://a.example/3","title":"Three","content_text":"c","date_published":"2024-03-12T08:00:00Z"}"#;
        tab.make(
            "some.json",
            "application/feed+json",
            format!(r#"{{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[{items}]}}"#),
        );
        open(tab, &[("feed", &format!("{}/made/some.json", tab.origin())), ("elements", "cards")]).await;
        let found = found(tab).await;
        for part in ["3 articles", "1 of 3 without a date", "2 of 3 without a picture", "date_published", "media:content"] {
            assert!(found.contains(part), "{part}: {found}");
        }
        tab.console_is_empty().await;
    });
}

fn the_configurator_fits_a_small_phone() {
    in_browser(async |tab| {
        tab.size(320, 640, true).await;
        open(tab, &[("width", "1280")]).await;
        tab.run("one('#stage').scrollIntoView();").await;
        tab.until(&format!("{FRAME}.querySelector('#place kabar-cards')?.shadowRoot?.querySelector('article')")).await;
        tab.run("for (const group of document.querySelectorAll('details')) group.open = true;").await;
        tab.settle().await;
        tab.check("document.documentElement.scrollWidth <= 320").await;
        // WCAG 2.2, 2.5.8; a label is its box's target too.
        let small = tab
            .texts(
                "[...document.querySelectorAll('main :is(button, input, select, summary)')].filter((control) => {
                    const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
                    return width < 24 || height < 24;
                }).map((control) => control.outerHTML)",
            )
            .await;
        assert_eq!(small, [""; 0]);
        tab.console_is_empty().await;
    });
}

fn accessible(scheme: Scheme) {
    in_browser_that_prefers(scheme, async |tab| {
        // Without the policy, which would stop axe.
        let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("www/configurator.html")).unwrap();
        let (before, after) = page.split_once("<meta http-equiv").unwrap();
        let (_, after) = after.split_once(">\n").unwrap();
        let page = format!("{before}{after}").replacen("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"><base href=\"/www/\">", 1);
        tab.make_page("configurator.html", Policy::None, page);
        tab.open("/made/configurator.html").await;
        tab.until("one('#groups details')").await;
        found(tab).await;
        tab.run("for (const group of document.querySelectorAll('details')) group.open = true;").await;
        tab.run("scrollTo(0, 0);").await;
        axe::judge_page(tab).await;
        tab.console_is_empty().await;
    });
}

fn no_violation_of_accessibility_in_light() {
    accessible(Scheme::Light);
}

fn no_violation_of_accessibility_in_dark() {
    accessible(Scheme::Dark);
}
