//! Places that nobody thought of when the elements were made: where the script
//! comes from, where an element is put, and what others do to it there.

use crate::harness::{Policy, Tab, cases, in_browser, reliability};

cases![
    however_the_script_comes,
    whatever_the_page_is,
    wherever_the_element_is,
    shown_late,
    translated_by_a_tool,
    marked_by_an_extension,
    moved_while_it_is_rendered,
    adopted_into_another_document,
    wiped_by_the_page,
    cards_taken_out_by_the_page,
];

const CARDS: &str = "<kabar-cards feed=/feed/good.json><a href=/archive>Semua artikel</a></kabar-cards>";

const TITLES: &str = "all('kabar-cards', 'article.card h3 > a').map((link) => link.textContent)";

fn page(body: &str) -> String {
    format!("<!doctype html>\n<html lang=id>\n<meta charset=\"utf-8\">\n<title>Tempat yang aneh</title>\n{body}")
}

async fn open(tab: &Tab, body: &str) {
    tab.make_page("page.html", Policy::None, page(body));
    tab.open("/made/page.html").await;
}

/// A page with the script in its head.
async fn open_with_script(tab: &Tab, body: &str) {
    open(tab, &format!("<script async src=/dist/kabar.js></script>{body}")).await;
}

async fn cards(tab: &Tab, count: usize) {
    tab.until(&format!("all('kabar-cards', 'article.card').length === {count} && all('kabar-cards', 'article.card').every(shown)")).await;
}

fn however_the_script_comes() {
    const WAYS: &[(&str, &str)] = &[
        ("by document.write", "<script>document.write('<script src=/dist/kabar.js><\\/script>');</script>"),
        (
            "put in by a tag manager",
            "<script>setTimeout(() => document.head.append(Object.assign(document.createElement('script'), { src: '/dist/kabar.js' })), 50);</script>",
        ),
        ("as a module", "<script type=module src=/dist/kabar.js data-kabar></script>"),
        (
            "evaluated as a text, beside a tag that says where it is from",
            "<script type=text/plain data-kabar src=/dist/kabar.js></script>
            <script>fetch('/dist/kabar.js').then((answer) => answer.text()).then((text) => (0, eval)(text));</script>",
        ),
        ("twice, once as a module", "<script src=/dist/kabar.js></script><script type=module src=/dist/kabar.js data-kabar></script>"),
    ];
    for (way, script) in WAYS {
        in_browser(async |tab| {
            open(tab, &format!("{CARDS}{script}")).await;
            cards(tab, 6).await;
            tab.settle().await;
            tab.check("document.querySelectorAll('kabar-cards').length === 1").await;
            tab.console_is_empty().await;
            reliability::record(&format!("the script {way}"), 1, "renders");
        });
    }
    // A text that is nowhere from has no files beside it.
    in_browser(async |tab| {
        open(
            tab,
            &format!("{CARDS}<script>fetch('/dist/kabar.js').then((answer) => answer.text()).then((text) => (0, eval)(text));</script>"),
        )
        .await;
        tab.until("events('kabar-error').length === 1").await;
        tab.check("events('kabar-error')[0].detail.code === 'wasm-failed' && shown(one('kabar-cards > a'))").await;
        tab.console().await;
        tab.console_is_empty().await;
        reliability::record("the script evaluated as a text without a tag", 1, "`wasm-failed`; the fallback stays");
    });
}

fn whatever_the_page_is() {
    in_browser(async |tab| {
        let origin = tab.origin();
        let absolute = format!("<script async src={origin}/dist/kabar.js></script>{}", CARDS.replace("=/feed", &format!("={origin}/feed")));
        let pages = [
            (
                "without a doctype",
                format!("<html lang=id><meta charset=\"utf-8\"><title>Kuno</title><script async src=/dist/kabar.js></script>{CARDS}"),
            ),
            ("with a base on another site", page(&format!("<base href=https://lain.example/a/>{absolute}"))),
            ("with a base that opens a new tab", page(&format!("<base target=_blank><script async src=/dist/kabar.js></script>{CARDS}"))),
            (
                "with a sheet in another encoding",
                page(&format!(
                    "<meta http-equiv=content-language content=en><script async charset=iso-8859-1 src=/dist/kabar.js></script>{CARDS}"
                )),
            ),
        ];
        for (what, html) in pages {
            tab.make_page("page.html", Policy::None, html);
            tab.open("/made/page.html").await;
            cards(tab, 6).await;
            tab.check(
                "all('kabar-cards', 'time')[0].textContent === 'Sen, 11 Mar 2024' || all('kabar-cards', 'time')[0].textContent.length > 8",
            )
            .await;
            tab.check("inside('kabar-cards', 'h3 > a').href === 'https://koran.example/berita/satu'").await;
            reliability::record(&format!("a page {what}"), 1, "renders");
        }
        let html = "<html xmlns='http://www.w3.org/1999/xhtml' lang='id'><head><title>XHTML</title>\
            <script src='/dist/kabar.js'></script></head><body><kabar-cards feed='/feed/good.json' loading='eager'><a href='/archive'>Semua</a></kabar-cards>\
            <kabar-share loading='eager'></kabar-share></body></html>";
        tab.make("page.xhtml", "application/xhtml+xml", html);
        tab.open("/made/page.xhtml").await;
        tab.until(
            "document.querySelector('kabar-cards').shadowRoot.querySelectorAll('article.card h3 > a[href]').length === 6
                && document.querySelector('kabar-share').shadowRoot.querySelector('a[data-network] svg path') !== null",
        )
        .await;
        tab.check("document.contentType === 'application/xhtml+xml'").await;
        tab.check("document.querySelector('kabar-cards').shadowRoot.querySelector('h3 > a').getClientRects().length > 0").await;
        reliability::record("a page in XHTML", 1, "renders");
        let html = page(&format!("<script async src={origin}/dist/kabar.js></script>{CARDS}")).replace('"', "&quot;");
        open(tab, &format!("<iframe srcdoc=\"{html}\" width=900 height=900></iframe>")).await;
        tab.enter_frame().await;
        tab.until("document.querySelector('kabar-cards')?.shadowRoot?.querySelectorAll('article.card').length === 6").await;
        tab.leave_frame().await;
        reliability::record("a frame of srcdoc", 1, "renders");
        tab.console_is_empty().await;
    });
}

fn wherever_the_element_is() {
    in_browser(async |tab| {
        let places = [
            ("in a dialog that is opened", "<dialog>{}</dialog>", "one('dialog').showModal();"),
            ("in a closed `details`", "<details><summary>Lagi</summary>{}</details>", "one('details').open = true;"),
            ("in a parent with `content-visibility: auto`", "<div style='content-visibility: auto'>{}</div>", ""),
            ("in a parent with `contain: strict`", "<div style='contain: strict; height: 900px'>{}</div>", ""),
            ("in a table's cell", "<table><tr><td>{}</table>", ""),
            ("in a flex container of no width", "<div style='display: flex; width: 100px'>{}</div>", ""),
            ("in a parent that is turned and scaled", "<div style='transform: rotate(180deg) scale(.1)'>{}</div>", ""),
            ("far below, come upon by a jump", "<div style='height: 30000px'></div>{}", "scrollTo(0, 1e6);"),
        ];
        for (what, around, then) in places {
            open_with_script(tab, &around.replace("{}", CARDS)).await;
            tab.until("window.Kabar && one('kabar-cards').shadowRoot").await;
            tab.run(then).await;
            cards(tab, 6).await;
            tab.run("one('kabar-cards').setAttribute('limit', 2);").await;
            cards(tab, 2).await;
            reliability::record(&format!("an element {what}"), 1, "renders, and hears its attributes");
        }
        tab.console_is_empty().await;
    });
    in_browser(async |tab| {
        open_with_script(tab, &format!("<div id=host></div><template>{CARDS}</template>")).await;
        tab.until("window.Kabar").await;
        tab.settle().await;
        assert_eq!(tab.asked("/feed/good.json"), 0, "what is in a template is no element of the page");
        tab.run(
            "const inner = one('#host').attachShadow({ mode: 'closed' });
            inner.append(document.importNode(one('template').content, true));
            window.found = inner.querySelector('kabar-cards');",
        )
        .await;
        tab.until("found.shadowRoot?.querySelectorAll('article.card').length === 6").await;
        tab.run("found.setAttribute('limit', 2);").await;
        tab.until("found.shadowRoot.querySelectorAll('article.card').length === 2").await;
        tab.console_is_empty().await;
        reliability::record("an element cloned from a template into another's closed shadow root", 1, "renders, and hears its attributes");
    });
}

fn shown_late() {
    in_browser(async |tab| {
        for hidden in [
            "display: none",
            "visibility: hidden",
            "content-visibility: hidden",
            "height: 0; overflow: hidden",
            "position: fixed; left: -9999px",
        ] {
            open_with_script(tab, &format!("<div id=tab style='{hidden}'>{CARDS}<kabar-share></kabar-share></div>")).await;
            tab.until("window.Kabar && one('kabar-cards').shadowRoot").await;
            tab.settle().await;
            tab.run("one('#tab').removeAttribute('style');").await;
            cards(tab, 6).await;
            tab.until("all('kabar-share', 'a[data-network]').length > 0").await;
            // Chromium says so of each measure that is taken of what is hidden.
            let lines = tab.console().await;
            assert!(lines.iter().all(|line| line.contains("subtree hidden by content-visibility")), "{lines:#?}");
            reliability::record(&format!("a parent with `{hidden}` that is shown later"), 1, "renders");
        }
        tab.console_is_empty().await;
    });
}

/// What the translator of a browser does to each text: the text node goes into
/// two elements, and another takes its place.
const TRANSLATE: &str = "
    const walk = (node) => {
      for (const child of [...node.childNodes]) {
        if (child.nodeType === 3 && child.data.trim()) {
          const [outer, inner] = [document.createElement('font'), document.createElement('font')];
          inner.textContent = `«${child.data}»`;
          outer.append(inner);
          child.replaceWith(outer);
        } else if (child.nodeType === 1 && child.localName !== 'style' && child.localName !== 'svg') walk(child);
      }
    };
    for (const element of document.querySelectorAll('kabar-cards, kabar-next, kabar-share')) walk(element.shadowRoot);
    document.documentElement.className = 'translated-ltr';";

fn translated_by_a_tool() {
    in_browser(async |tab| {
        open_with_script(tab, &format!("{CARDS}<kabar-next feed=/feed/good.json></kabar-next><kabar-share></kabar-share>")).await;
        cards(tab, 6).await;
        tab.until("inside('kabar-next', 'h3 > a') && inside('kabar-share', 'a')").await;
        tab.settle().await;
        tab.run(TRANSLATE).await;
        tab.check(&format!("{TITLES}.every((title) => title.startsWith('«'))")).await;
        // Each link must say what it leads to, in whatever language.
        let pairs = "Object.fromEntries(all('kabar-cards', 'article.card h3 > a').map((link) => [link.href, link.textContent.replace(/[«»]/g, '')]))";
        let before = tab.js(pairs).await;
        tab.run("one('kabar-cards').setAttribute('order', 'oldest');").await;
        tab.until("inside('kabar-cards', 'h3 > a').href !== 'https://koran.example/berita/satu'").await;
        tab.check("inside('kabar-cards', 'h3 > a').textContent.includes('Siswa merakit stasiun cuaca')").await;
        for change in [
            "setAttribute('order', 'oldest')",
            "setAttribute('limit', 8)",
            "setAttribute('heading', 2)",
            "setAttribute('heading', 3)",
            "setAttribute('order', 'newest')",
            "removeAttribute('limit')",
        ] {
            tab.run(&format!("one('kabar-cards').{change};")).await;
            tab.settle().await;
        }
        cards(tab, 6).await;
        assert_eq!(tab.js(pairs).await, before);
        tab.run("one('kabar-share').setAttribute('label', 'Kirim'); one('kabar-next').setAttribute('label', 'Lanjut');").await;
        tab.until("root('kabar-share').textContent.includes('Kirim') && root('kabar-next').textContent.includes('Lanjut')").await;
        tab.check("events('kabar-error').length === 0").await;
        tab.console_is_empty().await;
        reliability::record("texts replaced by a translator, and attributes changed after it", 1, "each link says what it leads to");
    });
}

/// As a highlighter does to a text, and what puts its own among the cards.
const MARK: &str = "
    const [first, second] = all('kabar-cards', 'article.card');
    const mark = (localName, className) => Object.assign(document.createElement(localName), { className, textContent: 'bukan' });
    first.querySelector('h3 > a').firstChild.splitText(4).before(mark('mark', ''));
    second.before(mark('article', 'ad'));
    second.querySelector('.excerpt').before(mark('p', 'mine'));";

fn marked_by_an_extension() {
    in_browser(async |tab| {
        open_with_script(tab, &CARDS.replace("<kabar-cards ", "<kabar-cards limit=50 ")).await;
        tab.until("all('kabar-cards', 'article.card').length > 6").await;
        tab.settle().await;
        let said = "Object.fromEntries(all('kabar-cards', 'article.card').map((card) =>
            [card.querySelector('h3 > a').href, ['h3', '.excerpt'].map((part) => card.querySelector(part)?.textContent)]))";
        let before = tab.js(said).await;
        for order in ["oldest", "newest"] {
            tab.run(MARK).await;
            let link = "inside('kabar-cards', 'h3 > a').href";
            let first = tab.js(link).await;
            tab.run(&format!("one('kabar-cards').setAttribute('order', '{order}');")).await;
            tab.until(&format!("{link} !== {first}")).await;
            tab.settle().await;
            assert_eq!(tab.js(said).await, before, "{order}");
        }
        tab.check("events('kabar-error').length === 0").await;
        tab.console_is_empty().await;
        let fault = "texts split by a highlighter, and a page's own articles and paragraphs among the cards";
        reliability::record(fault, 1, "each card says what it is about");
    });
}

fn moved_while_it_is_rendered() {
    in_browser(async |tab| {
        // At each of its stages, by another script.
        let script = "<div id=there></div><script>
            const move = () => document.querySelector('#there').append(document.querySelector('kabar-cards'));
            addEventListener('kabar-ready', (event) => event.target.localName === 'kabar-cards' && !window.moved && (window.moved = true, move()), true);
            new MutationObserver(() => window.Kabar && !window.early && (window.early = true, move())).observe(document, { childList: true, subtree: true });
            </script>";
        open_with_script(tab, &format!("{CARDS}<kabar-share></kabar-share>{script}")).await;
        cards(tab, 6).await;
        tab.until("window.moved").await;
        tab.settle().await;
        cards(tab, 6).await;
        // Away and back within the render's own events, and from one root to another.
        tab.run(
            "const cards = one('kabar-cards');
            for (let times = 0; times < 20; times++) { document.body.append(cards); cards.limit = 2 + times % 4; cards.remove(); one('#there').append(cards); }",
        )
        .await;
        cards(tab, 5).await;
        tab.run("one('kabar-cards').setAttribute('limit', 3);").await;
        cards(tab, 3).await;
        assert_eq!(tab.asked_for_wasm(), 1);
        tab.check("events('kabar-error').length === 0").await;
        tab.console_is_empty().await;
        reliability::record("an element moved by another script as it is rendered", 22, "renders, and hears its attributes");
    });
}

fn adopted_into_another_document() {
    in_browser(async |tab| {
        open_with_script(tab, &format!("{CARDS}<iframe id=frame></iframe><p id=back></p>")).await;
        cards(tab, 6).await;
        tab.run("window.cards = one('kabar-cards'); one('#frame').contentDocument.body.append(cards);").await;
        tab.settle().await;
        // A style sheet cannot go along; what the publisher wrote can.
        tab.until("cards.ownerDocument !== document && cards.shadowRoot.querySelector('slot:not([name])')").await;
        tab.check("cards.querySelector('a').getClientRects().length > 0").await;
        tab.run("one('#back').append(cards);").await;
        cards(tab, 6).await;
        tab.run("cards.setAttribute('limit', 2);").await;
        cards(tab, 2).await;
        tab.console().await;
        tab.console_is_empty().await;
        reliability::record("an element adopted into another document, and back", 1, "the fallback there; renders again here");
    });
}

fn wiped_by_the_page() {
    in_browser(async |tab| {
        open_with_script(tab, &format!("<main>{CARDS}</main><kabar-share></kabar-share>")).await;
        cards(tab, 6).await;
        tab.until("inside('kabar-share', 'a')").await;
        tab.run("one('kabar-cards').innerHTML = '';").await;
        cards(tab, 6).await;
        tab.run("one('kabar-cards').shadowRoot.innerHTML = '';").await;
        tab.run("one('kabar-cards').setAttribute('limit', 3);").await;
        cards(tab, 3).await;
        tab.run("one('kabar-share').shadowRoot.textContent = 'apa'; one('kabar-share').setAttribute('networks', 'x');").await;
        tab.until("all('kabar-share', 'a[data-network]').length === 1").await;
        // Wiped, and nothing to put in its place.
        tab.run("one('kabar-cards').shadowRoot.innerHTML = ''; one('kabar-cards').setAttribute('tag', 'tidak ada');").await;
        tab.until("events('kabar-error').length === 1").await;
        tab.check("events('kabar-error')[0].detail.code === 'feed-empty'").await;
        tab.run("one('kabar-cards').removeAttribute('tag');").await;
        cards(tab, 3).await;
        tab.console_is(&[
            "[kabar] feed-empty: the feed has no article to show here: check the `tag` attribute, or wait for a second article",
        ])
        .await;
        tab.run("one('main').innerHTML = one('main').innerHTML;").await;
        cards(tab, 3).await;
        tab.check("events('kabar-error').length === 1 && one('kabar-share').shadowRoot.querySelector('a') !== null").await;
        tab.console_is_empty().await;
        reliability::record("what is inside an element, or its shadow root, wiped by the page", 5, "renders again at the next change");
    });
}

fn cards_taken_out_by_the_page() {
    in_browser(async |tab| {
        for harm in [
            "all('kabar-cards', 'article.card').at(-1).remove();",
            "all('kabar-cards', 'h3').forEach((title) => title.remove());",
            "inside('kabar-cards', '[part~=cards]').prepend(document.createElement('hr'), 'iklan');",
            "inside('kabar-cards', '[part~=cards]').remove();",
        ] {
            open_with_script(tab, CARDS).await;
            cards(tab, 6).await;
            tab.run(harm).await;
            for change in [
                "setAttribute('limit', 8)",
                "setAttribute('order', 'oldest')",
                "setAttribute('limit', 2)",
                "setAttribute('show', 'title date')",
            ] {
                tab.run(&format!("one('kabar-cards').{change};")).await;
                tab.settle().await;
            }
            println!("      {harm}");
            cards(tab, 2).await;
            tab.check(&format!("{TITLES}.length === 2 && {TITLES}[0].includes('Siswa merakit stasiun cuaca')")).await;
            tab.console().await;
        }
        tab.console_is_empty().await;
        reliability::record("what is inside a shadow root taken out or mixed by another script", 4, "renders again at the next change");
    });
}
