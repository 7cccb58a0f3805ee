//! Style sheets that reach for everything: inside, an element looks the same, to
//! a thousandth of its pixels; outside, nothing changes at all.

use serde_json::{Value, json};

use crate::harness::{Policy, Tab, cases, in_browser, reliability};

cases![
    sheets_of_the_page_change_nothing_inside,
    nothing_outside_changes,
    forced_colours_leave_all_to_be_read,
    zoomed_to_400_percent_it_reads_like_a_phone,
];

/// What pages do, and nothing that changes how wide an element may be: that is
/// the page's to say.
const SHEETS: &[(&str, &str)] = &[
    ("`* { all: unset !important }`", "* { all: unset !important; } head, script, style, title, meta { display: none !important; }"),
    ("`div { display: none }`", "div, article, nav, aside, ul, li, p, h3, a, img, button, svg, span, time { display: none !important; }"),
    ("a z-index as high as can be", "* { position: relative; z-index: 2147483647 !important; }"),
    ("`html { font-size: 62.5% }`", "html { font-size: 62.5%; }"),
    ("`html { font-size: 200% }`", "html { font-size: 200%; }"),
    (
        "`body { font: … }` and what else is inherited",
        "body { font: italic 700 30px/3 monospace; letter-spacing: 9px; word-spacing: 9px; text-transform: uppercase; \
        text-align: right; text-indent: 4em; white-space: pre; visibility: visible; cursor: wait; list-style: square; quotes: none; \
        writing-mode: horizontal-tb; hyphens: auto; tab-size: 1; text-shadow: 3px 3px red; }",
    ),
    ("`body { direction: rtl }`", "body { direction: rtl; }"),
    (
        "selectors for the classes inside",
        ".card, .cards, .share, .next, .meta, .label, [part], :host, ::slotted(*) { display: none !important; color: red !important; }",
    ),
    (
        "`* { box-sizing, margin, padding, border, float }`",
        "kabar-cards *, kabar-next *, kabar-share * { box-sizing: content-box !important; margin: 9px !important; padding: 9px !important; border: 3px solid red !important; float: right !important; }",
    ),
    (
        "custom properties of the names that are used inside",
        "html { --k-gap: 90px; --k-quiet: red; --k-line: red; --k-accent: red; --k-radius: 40px; }",
    ),
    (
        "animations and transitions on everything",
        "@keyframes spin { to { transform: rotate(1turn); } } p, a, li, h3 { animation: spin 1s infinite; transition: all 9s; }",
    ),
];

/// The elements, which stand straight in the body.
const BODY: &str = "<kabar-cards id=cards feed=/feed/good.json loading=eager limit=3 timezone=Asia/Jakarta></kabar-cards>
    <kabar-share id=share loading=eager networks='whatsapp facebook x copy' variant=icon-text></kabar-share>
    <kabar-next id=next feed=/feed/good.json order=feed loading=eager timezone=Asia/Jakarta></kabar-next>";

const NEIGHBOURS: &str = "<section id=outside><h2>Judul saya</h2><article class=card>Kartu <a href=/x>saya</a></article>
    <nav class=share><button part=button>Tombol</button></nav><ul><li>Satu</li></ul><div class=cards>Kartu-kartu</div></section>";

/// Opens a page with a sheet and what is in its body, and without a scroll bar: a
/// longer page must not be a narrower one.
async fn open(tab: &Tab, sheet: &str, inside: &str, script: &str) {
    tab.hide_scroll_bars().await;
    let page = format!(
        "<!doctype html>\n<html lang=id>\n<meta charset=\"utf-8\">\n<meta name=viewport content='width=device-width'>\n<title>Gaya</title>
        <style>html {{ background: white; }} body {{ margin: 0; }}</style><style>{sheet}</style>\n<body>{inside}{script}"
    );
    tab.make_page("page.html", Policy::None, page);
    tab.open("/made/page.html").await;
}

const SCRIPT: &str = "<script src=/dist/kabar.js></script>";

/// Waits until all is drawn, pictures too.
async fn drawn(tab: &Tab) {
    tab.until("['#cards', '#share', '#next'].every((id) => root(id)?.querySelector('article, nav, aside'))").await;
    tab.run("for (const id of ['#cards', '#next']) all(id, 'img').forEach((image) => { image.loading = 'eager'; });").await;
    tab.until("['#cards', '#next'].flatMap((id) => all(id, 'img')).every((image) => image.complete)").await;
    tab.settle().await;
}

/// Pictures of the three elements as PNG, in base64.
async fn pictures(tab: &Tab) -> Vec<String> {
    let mut pictures = Vec::new();
    for id in ["#cards", "#share", "#next"] {
        pictures.push(tab.picture(id).await);
    }
    pictures
}

/// How many in a thousand pixels differ; a thousand where the sizes do.
async fn difference(tab: &Tab, one: &str, other: &str) -> f64 {
    let script = "const read = async (text) => {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, image.width, image.height);
        };
        return Promise.all([...arguments].map(read)).then(([one, other]) => {
            if (one.width !== other.width || one.height !== other.height) return 1000;
            let count = 0;
            for (let at = 0; at < one.data.length; at += 4) {
                count += [0, 1, 2].some((colour) => Math.abs(one.data[at + colour] - other.data[at + colour]) > 2);
            }
            return (1000 * count) / (one.width * one.height);
        });";
    tab.run_with(script, vec![one.into(), other.into()]).await.as_f64().unwrap()
}

fn sheets_of_the_page_change_nothing_inside() {
    in_browser(async |tab| {
        // High enough for all: what is scrolled to is cut at the window's edge, by a pixel's part more or less.
        tab.size(1024, 2000, false).await;
        open(tab, "", BODY, SCRIPT).await;
        drawn(tab).await;
        let plain = pictures(tab).await;
        let mut wrong = Vec::new();
        for (name, sheet) in SHEETS {
            open(tab, sheet, BODY, SCRIPT).await;
            drawn(tab).await;
            let bled = pictures(tab).await;
            let mut worst: f64 = 0.0;
            for ((element, plain), bled) in ["cards", "share", "next"].iter().zip(&plain).zip(&bled) {
                let difference = difference(tab, plain, bled).await;
                if difference > 1.0 {
                    wrong.push(format!("{name}: {element} differs in {difference:.1} of a thousand pixels"));
                }
                worst = worst.max(difference);
            }
            if worst <= 1.0 {
                reliability::record(&format!("a style sheet of the page: {name}"), 3, "inside looks the same, to 0.1 % of the pixels");
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        tab.console_is_empty().await;
    });
}

/// All that an engine computes for what is outside, and where it is.
const LOOK: &str = "[...document.querySelectorAll('html, body, #outside, #outside *')].map((node) => [
    node.localName, ...[...getComputedStyle(node)].filter((name) => !/^(block-size|height|perspective-origin|transform-origin)$/.test(name))
        .map((name) => `${name}: ${getComputedStyle(node).getPropertyValue(name)}`),
    node.closest('#outside') ? JSON.stringify(node.getBoundingClientRect()) : ''])";

fn nothing_outside_changes() {
    in_browser(async |tab| {
        let both = NEIGHBOURS.to_owned() + BODY;
        for (name, sheet) in [("none", "")].iter().chain(SHEETS).filter(|(name, _)| !name.starts_with("animations")) {
            open(tab, sheet, &both, "").await;
            let without = tab.js(LOOK).await;
            open(tab, sheet, &both, SCRIPT).await;
            drawn(tab).await;
            let with = tab.js(LOOK).await;
            let (with, without) = (with.as_array().unwrap(), without.as_array().unwrap());
            assert!(with.len() > 8 && with.len() == without.len());
            for (with, without) in with.iter().zip(without) {
                let (with, without) = (with.as_array().unwrap(), without.as_array().unwrap());
                let changed: Vec<(&Value, &Value)> = with.iter().zip(without).filter(|(with, without)| with != without).collect();
                assert!(with.len() > 100 && changed.is_empty(), "{name}: {}: {changed:#?}", with[0]);
            }
        }
        let sheets = tab.js("document.styleSheets.length + document.adoptedStyleSheets.length").await;
        assert_eq!(sheets, json!(2));
        tab.console_is_empty().await;
        reliability::record("computed styles and places of what is outside", SHEETS.len(), "all as without Kabar");
    });
}

fn forced_colours_leave_all_to_be_read() {
    in_browser(async |tab| {
        tab.force_colours().await;
        open(tab, "", BODY, SCRIPT).await;
        drawn(tab).await;
        tab.check("matchMedia('(forced-colors: active)').matches").await;
        // What the system says text, links and buttons look like, as an element of the page's own has it.
        let bad = tab
            .js("(() => {
                const probe = (name) => { const node = document.createElement('i'); node.style.color = name; document.body.append(node);
                    const { color } = getComputedStyle(node); node.remove(); return color; };
                const allowed = ['CanvasText', 'LinkText', 'VisitedText', 'ButtonText', 'GrayText'].map(probe);
                return ['#cards', '#share', '#next'].flatMap((id) => all(id, '*')).filter((node) => node.textContent.trim() && shown(node))
                    .map((node) => [node.localName, getComputedStyle(node).color]).filter(([, colour]) => !allowed.includes(colour));
            })()")
            .await;
        assert_eq!(bad, json!([]));
        tab.check("all('#share', '[part=button]').every((button) => parseFloat(getComputedStyle(button).borderTopWidth) >= 1)").await;
        tab.check("all('#share', 'svg').every((icon) => getComputedStyle(icon).fill === getComputedStyle(icon.parentNode).color)").await;
        tab.console_is_empty().await;
        reliability::record("forced colours", 1, "all text and icons in the system's colours, buttons with a border");
    });
}

/// Where each node inside is, in CSS pixels.
const PLACES: &str = "['#cards', '#share', '#next'].flatMap((id) => all(id, '*')).filter((node) => !node.closest('svg')).map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [node.localName, ...[x, y + scrollY, width, height].map(Math.round)].join(' ');
})";

fn zoomed_to_400_percent_it_reads_like_a_phone() {
    in_browser(async |tab| {
        // WCAG 2.2, 1.4.10: 1280 pixels at 400 % are 320.
        tab.size(320, 256, false).await;
        open(tab, "", BODY, SCRIPT).await;
        drawn(tab).await;
        let phone = tab.texts(PLACES).await;
        tab.zoom(320, 256, 4).await;
        open(tab, "", BODY, SCRIPT).await;
        drawn(tab).await;
        tab.check("innerWidth === 320 && devicePixelRatio === 4").await;
        assert_eq!(tab.texts(PLACES).await, phone);
        tab.check("document.documentElement.scrollWidth <= 320").await;
        tab.console_is_empty().await;
        reliability::record("400 % zoom", 1, "laid out as on a phone of 320 pixels; nothing to scroll sideways");
    });
}
