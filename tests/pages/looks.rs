//! The looks besides the default one, slots, and what a reader's system asks for.

use serde_json::json;

use crate::{
    axe::judge_as_it_is,
    habits::HAS_MOUSE,
    harness::{Policy, STRICT, Scheme, Tab, cases, in_browser, in_browser_that_prefers},
};

cases![
    only_a_page_that_names_a_look_fetches_it,
    the_first_render_is_in_the_look,
    a_look_that_does_not_come_is_the_default_one,
    another_look_and_back,
    each_look_fits_from_a_sidebar_to_a_full_width,
    a_list_and_headlines_have_one_column_in_each_look,
    no_violation_in_any_look_light,
    no_violation_in_any_look_dark,
    no_violation_in_any_look_on_a_phone,
    a_heading_of_the_publishers_own,
    words_for_an_empty_list,
    more_contrast_is_given,
    on_paper_the_cards_are_a_list_with_addresses,
];

const PAGE: &str = "/pages/elements/page.html";
const LOOKS: [&str; 3] = ["minimal", "magazine", "dense"];

async fn open(tab: &Tab, body: &str) {
    tab.open_with(PAGE, &[("body", body)]).await;
}

fn asked_for_look(tab: &Tab, look: &str) -> usize {
    let end = format!("/{look}.css");
    tab.asked_where(|seen| seen.path.starts_with("/dist/themes-") && seen.path.ends_with(&end))
}

fn only_a_page_that_names_a_look_fetches_it() {
    in_browser(async |tab| {
        open(tab, "<kabar-cards feed=/feed/good.json theme=dark></kabar-cards><kabar-share theme='default light'></kabar-share>").await;
        for tag in ["kabar-cards", "kabar-share"] {
            tab.until_event("kabar-ready", tag).await;
        }
        assert_eq!(tab.asked_where(|seen| seen.path.contains("themes-") || seen.path.contains("kabar-looks-")), 0);
        let body = "<kabar-cards feed=/feed/good.json theme='dark Magazine'></kabar-cards><kabar-share theme=magazine></kabar-share>";
        open(tab, body).await;
        for tag in ["kabar-cards", "kabar-share"] {
            tab.until_event("kabar-ready", tag).await;
        }
        assert_eq!(LOOKS.map(|look| asked_for_look(tab, look)), [0, 1, 0]);
        tab.console_is_empty().await;
    });
}

fn the_first_render_is_in_the_look() {
    in_browser(async |tab| {
        // Under the policy of the README, and with what the listener sees before anything is drawn.
        tab.make("watch.js", "text/javascript", "addEventListener('kabar-ready', ({ target }) => (window.first = getComputedStyle(target.shadowRoot.querySelector('img')).display));");
        let page = "<!doctype html><meta charset=\"utf-8\"><title>Rupa</title><script src=/made/watch.js></script><script async src=/dist/kabar.js></script>
            <kabar-cards feed=/feed/good.json theme=minimal></kabar-cards>";
        tab.make_page("look.html", Policy::Enforced(STRICT.into()), page.into());
        tab.open("/made/look.html").await;
        tab.until("window.first === 'none'").await;
        // A picture that no look shows is not asked for.
        assert_eq!(tab.asked("/feed/picture.svg"), 0);
        tab.console_is_empty().await;
    });
}

fn a_look_that_does_not_come_is_the_default_one() {
    in_browser(async |tab| {
        tab.before(
            "const { fetch } = window; window.fetch = (url, ...rest) => fetch(String(url).replace(/dense.css$/, 'gone.css'), ...rest);",
        )
        .await;
        open(
            tab,
            "<kabar-cards feed=/feed/good.json theme=dense></kabar-cards><kabar-next feed=/feed/good.json wrap theme=dense></kabar-next>",
        )
        .await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("getComputedStyle(inside('kabar-cards', '.excerpt')).display === 'block'").await;
        tab.check("events('kabar-error').length === 0").await;
        let lines = tab.console().await;
        let ours: Vec<_> = lines.iter().filter(|line| line.contains("[kabar]")).collect();
        assert!(ours.len() == 1 && ours[0].contains("the look \"dense\" did not arrive") && ours[0].contains("status 404"), "{lines:?}");
    });
}

fn another_look_and_back() {
    in_browser(async |tab| {
        open(tab, "<kabar-cards feed=/feed/good.json></kabar-cards>").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        let shown = "getComputedStyle(inside('kabar-cards', 'img')).display";
        tab.check(&format!("{shown} === 'block'")).await;
        tab.run("one('kabar-cards').theme = 'minimal';").await;
        tab.until(&format!("{shown} === 'none'")).await;
        tab.run("one('kabar-cards').theme = 'light';").await;
        tab.until(&format!("{shown} === 'block'")).await;
        tab.run("one('kabar-cards').theme = 'minimal'; const copy = one('kabar-cards'); copy.remove(); document.body.append(copy);").await;
        tab.until(&format!("{shown} === 'none'")).await;
        assert_eq!(asked_for_look(tab, "minimal"), 1);
        tab.console_is_empty().await;
    });
}

fn each_look_fits_from_a_sidebar_to_a_full_width() {
    in_browser(async |tab| {
        tab.size(1280, 900, false).await;
        let elements: String = ["", "minimal", "magazine", "dense"]
            .iter()
            .flat_map(|look| {
                [280, 320, 500, 768, 1200].map(|width| {
                    format!(
                        "<div style='width: {width}px'><kabar-cards loading=eager theme={look:?} feed=/feed/good.json></kabar-cards>\
                        <kabar-next loading=eager theme={look:?} feed=/feed/good.json wrap></kabar-next>\
                        <kabar-share loading=eager theme={look:?}></kabar-share></div>"
                    )
                })
            })
            .collect();
        // Too long for a query.
        for dir in ["ltr", "rtl"] {
            let page = format!(
                "<!doctype html><html dir={dir}><meta charset=\"utf-8\"><title>Lebar</title><script async src=/dist/kabar.js></script>{elements}"
            );
            tab.make_page("widths.html", Policy::None, page);
            tab.open("/made/widths.html").await;
            tab.until_within(30, "events('kabar-ready').length === 60").await;
            tab.settle().await;
            let wide = "[...document.querySelectorAll('kabar-cards, kabar-next, kabar-share')].flatMap((element) => {
                const { left, right } = element.getBoundingClientRect();
                return [...element.shadowRoot.querySelectorAll('*')].filter((node) => node.checkVisibility() && !node.closest('svg, .name')).filter((node) => {
                    const box = node.getBoundingClientRect();
                    return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
                }).map((node) => `${element.outerHTML} ${element.clientWidth} ${node.localName}.${node.className}`);
            })";
            assert_eq!(tab.js(wide).await, json!([]), "{dir}");
            // A headline is never squeezed into a few letters.
            let narrow = "[...document.querySelectorAll('kabar-cards, kabar-next')].flatMap((element) =>
                [...element.shadowRoot.querySelectorAll('h3')].map((node) => node.getBoundingClientRect().width).filter((width) => width < 120))";
            assert_eq!(tab.js(narrow).await, json!([]), "{dir}");
        }
        tab.console_is_empty().await;
    });
}

fn a_list_and_headlines_have_one_column_in_each_look() {
    in_browser(async |tab| {
        tab.size(1280, 900, false).await;
        let elements: String = ["", "minimal", "magazine", "dense"]
            .iter()
            .flat_map(|look| [280, 500, 700, 1000].map(|width| (look, width)))
            .flat_map(|(look, width)| {
                ["cards layout=list", "cards layout=compact", "next wrap"].map(|element| {
                    format!("<div style='width: {width}px'><kabar-{element} loading=eager theme={look:?} feed=/feed/good.json></div>")
                })
            })
            .collect();
        let page =
            format!("<!doctype html><meta charset=\"utf-8\"><title>Kolom</title><script async src=/dist/kabar.js></script>{elements}");
        tab.make_page("columns.html", Policy::None, page);
        tab.open("/made/columns.html").await;
        tab.until_within(30, "events('kabar-ready').length === 48").await;
        tab.settle().await;
        // Cards are one under the other, and what is shown of one takes its whole width: no column is left empty.
        let wrong = "[...document.querySelectorAll('kabar-cards, kabar-next')].flatMap((element) => {
            const cards = [...element.shadowRoot.querySelectorAll('article')];
            return cards.filter((card, place) => {
                const box = card.getBoundingClientRect();
                const parts = [...card.children].map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0);
                const left = Math.min(...parts.map((part) => part.left));
                const right = Math.max(...parts.map((part) => part.right));
                const above = place > 0 ? cards[place - 1].getBoundingClientRect().bottom : 0;
                return box.top < above - 1 || left > box.left + 1 || right < box.right - 1 || parts.some((part) => part.bottom > box.bottom + 1);
            }).map(() => `${element.localName} ${element.getAttribute('theme')} ${element.getAttribute('layout')} ${element.clientWidth}`);
        })";
        assert_eq!(tab.js(wrong).await, json!([]));
        tab.console_is_empty().await;
    });
}

/// All looks in both colours, and in those of the page.
fn every_look_is_accessible(scheme: Scheme, width: u32) {
    in_browser_that_prefers(scheme, async |tab| {
        tab.size(width, 800, width < 600).await;
        let mut body = String::new();
        for look in ["default", "minimal", "magazine", "dense"] {
            for colours in ["", "light", "dark"] {
                let theme = format!("theme='{look} {colours}' loading=eager");
                body.extend([format!(
                    "<section aria-label='{look} {colours}'><h2>{look} {colours}</h2><kabar-share {theme} label='{look} {colours} 1'></kabar-share>\
                    <kabar-next {theme} feed=/feed/good.json wrap label='{look} {colours} 2'></kabar-next>\
                    <kabar-cards {theme} feed=/feed/good.json></kabar-cards></section>"
                )]);
            }
        }
        let page = format!(
            "<!doctype html><html lang=id><meta charset=\"utf-8\"><meta name=viewport content='width=device-width'><title>Rupa</title>
            <meta name=color-scheme content='light dark'><script async src=/dist/kabar.js></script><main><h1>Rupa</h1>{body}</main>"
        );
        tab.make_page("looks.html", Policy::None, page);
        tab.open("/made/looks.html").await;
        tab.until_within(30, "events('kabar-ready').length === 36").await;
        judge_as_it_is(tab).await;
        // WCAG 2.2, 2.5.8: every button is a target of 24 pixels at least; a card is one link, and larger.
        let small =
            "[...document.querySelectorAll('kabar-share')].flatMap((element) => [...element.shadowRoot.querySelectorAll('[part=button]')])
            .map((button) => button.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24).length";
        tab.check(&format!("{small} === 0")).await;
        tab.check("[...document.querySelectorAll('kabar-cards')].flatMap((element) => [...element.shadowRoot.querySelectorAll('article')]).every((card) => card.offsetHeight >= 24)").await;
    });
}

fn no_violation_in_any_look_light() {
    every_look_is_accessible(Scheme::Light, 1280);
}

fn no_violation_in_any_look_dark() {
    every_look_is_accessible(Scheme::Dark, 1280);
}

fn no_violation_in_any_look_on_a_phone() {
    every_look_is_accessible(Scheme::Light, 360);
}

fn a_heading_of_the_publishers_own() {
    in_browser(async |tab| {
        let body = "<kabar-cards feed=/feed/good.json><h2 slot=heading>Berita lain</h2><a href=/arsip>Arsip</a></kabar-cards>
            <kabar-next feed=/feed/good.json wrap><h2 slot=heading>Baca juga</h2></kabar-next>
            <kabar-share><b slot=heading>Sebarkan</b></kabar-share>";
        open(tab, body).await;
        for tag in ["kabar-cards", "kabar-share", "kabar-next"] {
            tab.until_event("kabar-ready", tag).await;
            tab.check(&format!("shown(one('{tag} > [slot=heading]'))")).await;
        }
        tab.check("!shown(one('kabar-cards > a'))").await;
        // Over all columns, and before the first card.
        tab.check("one('h2').getBoundingClientRect().bottom <= inside('kabar-cards', 'article').getBoundingClientRect().top").await;
        tab.check("one('h2').getBoundingClientRect().width > 0.9 * one('kabar-cards').getBoundingClientRect().width").await;
        // In place of Kabar's own label, which the name of the landmark keeps.
        tab.check("!shown(inside('kabar-next', '.label')) && !shown(inside('kabar-share', '.label'))").await;
        tab.check("inside('kabar-share', 'nav').getAttribute('aria-label') === 'Bagikan'").await;
        tab.console_is_empty().await;
    });
}

fn words_for_an_empty_list() {
    in_browser(async |tab| {
        let body = "<kabar-cards feed=/feed/good.json tag=tidak-ada><h2 slot=heading>Berita</h2><p slot=empty>Belum ada.</p><a href=/arsip>Arsip</a></kabar-cards>";
        open(tab, body).await;
        tab.until("shown(one('[slot=empty]'))").await;
        tab.check("shown(one('h2')) && !shown(one('kabar-cards > a'))").await;
        tab.check("events('kabar-error').length === 1 && events('kabar-error')[0].detail.code === 'feed-empty'").await;
        // Articles after all.
        tab.run("one('kabar-cards').removeAttribute('tag');").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("!shown(one('[slot=empty]')) && shown(one('h2'))").await;
        tab.console().await;
        // Another failure is not an empty list.
        open(tab, "<kabar-cards feed=/feed/nowhere.json><p slot=empty>Belum ada.</p><a href=/arsip>Arsip</a></kabar-cards>").await;
        tab.until("events('kabar-error').length === 1").await;
        tab.check("!shown(one('[slot=empty]')) && shown(one('kabar-cards > a'))").await;
        tab.console().await;
    });
}

fn more_contrast_is_given() {
    in_browser(async |tab| {
        let features = json!({ "features": [{ "name": "prefers-contrast", "value": "more" }] });
        tab.cdp("Emulation.setEmulatedMedia", features).await;
        open(tab, "<kabar-cards feed=/feed/good.json style='--kabar-muted-color: #999'></kabar-cards>").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until("getComputedStyle(inside('kabar-cards', '.meta')).color === getComputedStyle(one('kabar-cards')).color").await;
        tab.console_is_empty().await;
    });
}

fn on_paper_the_cards_are_a_list_with_addresses() {
    in_browser(async |tab| {
        tab.before(HAS_MOUSE).await;
        open(tab, "<kabar-cards feed=/feed/good.json theme='dark magazine'></kabar-cards><kabar-share></kabar-share>").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-share").await;
        // What is needed for it has come, where there is a mouse.
        tab.until("root('kabar-cards').adoptedStyleSheets.length === 4 && root('kabar-share').adoptedStyleSheets.length === 4").await;
        tab.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        tab.check("getComputedStyle(one('kabar-cards')).color === 'rgb(0, 0, 0)'").await;
        tab.check("!shown(inside('kabar-share', 'nav'))").await;
        let tops = "all('kabar-cards', 'article').map((card) => card.getBoundingClientRect().top)";
        tab.check(&format!("{tops}.every((top, place, all) => place === 0 || top > all[place - 1])")).await;
        let address = "getComputedStyle(inside('kabar-cards', 'h3 > a'), '::after')";
        tab.check(&format!("{address}.content.includes('https://koran.example/berita/') && {address}.position === 'static'")).await;
        tab.console_is_empty().await;
    });
}
