//! The elements written by hand: fallback, attributes that change, several of
//! them, late ones, and ones that come and go.

use crate::harness::{Tab, cases, in_browser};

cases![
    a_card_says_what_the_feed_says,
    the_fallback_stays_until_the_first_render,
    a_changed_attribute_keeps_the_cards_that_did_not_change,
    layouts_look_different,
    order_and_tag_choose_the_articles,
    properties_mirror_attributes,
    a_property_set_before_the_script_came_counts,
    an_unknown_value_is_named_in_one_warning,
    several_on_a_page_do_not_mind_each_other,
    an_element_added_late_renders,
    an_element_taken_out_and_put_back_renders_once,
    an_element_removed_before_its_feed_came_stays_silent,
    refresh_reads_the_feed_again,
    the_feed_is_discovered_from_the_page,
];

const PAGE: &str = "/pages/elements/page.html";

const TITLES: &str = "all('kabar-cards', 'article.card h3 > a').map((link) => link.textContent)";

async fn open(tab: &Tab, body: &str) {
    tab.open_with(PAGE, &[("body", body)]).await;
}

async fn cards(tab: &Tab, count: usize) {
    tab.until(&format!("all('kabar-cards', 'article.card').length === {count}")).await;
}

fn a_card_says_what_the_feed_says() {
    in_browser(async |tab| {
        open(
            tab,
            r#"<kabar-cards feed="/feed/good.json" timezone="Asia/Jakarta"
                show="image title date author excerpt tags"></kabar-cards>"#,
        )
        .await;
        cards(tab, 6).await;
        let card = "all('kabar-cards', 'article.card[part~=card]')[0]";
        let part = |selector: &str| format!("{card}.querySelector({selector:?})");
        let link = part("h3 > a");
        assert_eq!(tab.text(&format!("{link}.textContent")).await, "Nelayan Malang Selatan kembali melaut setelah badai");
        assert_eq!(tab.text(&format!("{link}.href")).await, "https://koran.example/berita/satu");
        assert_eq!(tab.text(&format!("{}.textContent", part("time[datetime]"))).await, "Sen, 11 Mar 2024");
        tab.check(&format!("Date.parse({}.dateTime) === Date.parse('2024-03-11T08:00:00+07:00')", part("time"))).await;
        tab.check(&format!("{}.src === location.origin + '/feed/picture.svg'", part("img[part~=image]"))).await;
        tab.check(&format!("{card}.textContent.includes('Rara Wulandari')")).await;
        let excerpt = tab.text(&format!("{}.textContent", part("p[part~=excerpt]"))).await;
        assert!(excerpt.starts_with("Perahu-perahu di Sendang Biru kembali"), "{excerpt}");
        assert!(excerpt.ends_with(" […]"), "{excerpt}");
        assert_eq!(excerpt.split_whitespace().count(), 31, "thirty words and the mark: {excerpt}");
        assert_eq!(
            tab.texts(&format!("[...{card}.querySelectorAll('ul[part~=tags] > li')].map((tag) => tag.textContent)")).await,
            ["Laut", "Ekonomi"]
        );
        tab.console_is_empty().await;
    });
}

fn the_fallback_stays_until_the_first_render() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/slow/good.json"><a id="fallback" href="/archive">Semua artikel</a></kabar-cards>"#).await;
        tab.until("customElements.get('kabar-cards')").await;
        tab.check("events('kabar-ready').length === 0").await;
        tab.check("inside('kabar-cards', 'slot').assignedElements()[0] === one('#fallback')").await;
        tab.check("shown(one('#fallback'))").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("inside('kabar-cards', 'slot:not([name])') === null").await;
        tab.check("!shown(one('#fallback'))").await;
        tab.check("one('#fallback').parentElement === one('kabar-cards')").await;
        tab.check("all('kabar-cards', 'article.card').every(shown)").await;
        tab.console_is_empty().await;
    });
}

fn a_changed_attribute_keeps_the_cards_that_did_not_change() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/good.json" show="title date"></kabar-cards>"#).await;
        cards(tab, 6).await;
        let all = tab.texts(TITLES).await;
        tab.run("window.kept = all('kabar-cards', 'article.card'); window.links = all('kabar-cards', 'h3 > a');").await;
        let same = "all('kabar-cards', 'article.card').slice(0, 6).every((card, place) => card === kept[place])";

        tab.run("one('kabar-cards').setAttribute('limit', '8');").await;
        cards(tab, 8).await;
        tab.check(same).await;
        tab.check("all('kabar-cards', 'h3 > a').slice(0, 6).every((link, place) => link === links[place])").await;

        tab.run("one('kabar-cards').setAttribute('limit', '2');").await;
        cards(tab, 2).await;
        tab.check(same).await;
        assert_eq!(tab.texts(TITLES).await, all[..2]);

        tab.run("one('kabar-cards').setAttribute('layout', 'list');").await;
        tab.settle().await;
        tab.check(same).await;

        tab.run("one('kabar-cards').setAttribute('heading', '2');").await;
        tab.until("all('kabar-cards', 'article.card h2 > a').length === 2").await;
        tab.check("all('kabar-cards', 'h3').length === 0").await;

        tab.run("one('kabar-cards').removeAttribute('heading'); one('kabar-cards').removeAttribute('limit');").await;
        cards(tab, 6).await;
        tab.until("all('kabar-cards', 'article.card h3 > a').length === 6").await;
        assert_eq!(tab.texts(TITLES).await, all);
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}

fn layouts_look_different() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/good.json"></kabar-cards>"#).await;
        cards(tab, 6).await;
        let columns = "new Set(all('kabar-cards', 'article.card').map((card) => Math.round(card.getBoundingClientRect().left))).size";
        tab.check(&format!("{columns} > 1")).await;
        tab.run("one('kabar-cards').layout = 'list';").await;
        tab.until(&format!("{columns} === 1")).await;
        let height = tab.js("one('kabar-cards').offsetHeight").await.as_f64().unwrap();
        tab.run("one('kabar-cards').layout = 'compact';").await;
        tab.until(&format!("one('kabar-cards').offsetHeight < {height}")).await;
        tab.console_is_empty().await;
    });
}

fn order_and_tag_choose_the_articles() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/good.json" limit="20" order="oldest"></kabar-cards>"#).await;
        cards(tab, 8).await;
        let oldest = tab.texts(TITLES).await;
        assert_eq!(oldest[0], "Siswa merakit stasiun cuaca dari barang bekas");
        tab.run("one('kabar-cards').setAttribute('order', 'newest');").await;
        tab.until(&format!("{TITLES}[0].startsWith('Nelayan')")).await;
        let mut newest = tab.texts(TITLES).await;
        newest.reverse();
        assert_eq!(newest, oldest);
        tab.run("one('kabar-cards').setAttribute('tag', 'Pendidikan');").await;
        cards(tab, 2).await;
        assert_eq!(
            tab.texts(TITLES).await,
            ["Perpustakaan keliling singgah di lereng Semeru", "Siswa merakit stasiun cuaca dari barang bekas"]
        );
        tab.console_is_empty().await;
    });
}

fn properties_mirror_attributes() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/good.json" show="title excerpt" layout="list"></kabar-cards>"#).await;
        cards(tab, 6).await;
        tab.check("one('kabar-cards').layout === 'list'").await;
        tab.run("one('kabar-cards').limit = 2; one('kabar-cards').excerptWords = 3;").await;
        cards(tab, 2).await;
        tab.check("one('kabar-cards').getAttribute('limit') === '2'").await;
        tab.check("one('kabar-cards').getAttribute('excerpt-words') === '3'").await;
        tab.until("inside('kabar-cards', 'p[part~=excerpt]').textContent === 'Perahu-perahu di Sendang […]'").await;
        tab.console_is_empty().await;
    });
}

fn a_property_set_before_the_script_came_counts() {
    in_browser(async |tab| {
        let body = r#"<kabar-cards feed="/feed/good.json"></kabar-cards>
            <script>document.querySelector("kabar-cards").limit = 2;</script>"#;
        tab.open_with("/pages/script_tag/page.html", &[("body", body)]).await;
        tab.run("const tag = document.createElement('script'); tag.src = '/dist/kabar.js'; document.body.append(tag);").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        cards(tab, 2).await;
        tab.run("one('kabar-cards').limit = 4;").await;
        cards(tab, 4).await;
        tab.console_is_empty().await;
    });
}

fn an_unknown_value_is_named_in_one_warning() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/good.json" layout="gird"></kabar-cards>"#).await;
        cards(tab, 6).await;
        tab.run("one('kabar-cards').setAttribute('limit', '3');").await;
        cards(tab, 3).await;
        tab.console_is(&[r#"[kabar] <kabar-cards> layout="gird" is not known: use grid, list, compact"#]).await;
    });
}

fn several_on_a_page_do_not_mind_each_other() {
    in_browser(async |tab| {
        open(
            tab,
            r#"<kabar-cards id="a" feed="/feed/good.json" limit="2"></kabar-cards>
            <kabar-cards id="b" feed="/feed/good.json" limit="5" layout="list"></kabar-cards>
            <kabar-cards id="c" feed="/feed/empty"><i>Belum ada</i></kabar-cards>
            <kabar-next feed="/feed/good.json"></kabar-next><kabar-share></kabar-share><kabar-share></kabar-share>"#,
        )
        .await;
        tab.until("events('kabar-ready').length === 5 && events('kabar-error').length === 1").await;
        tab.check("all('#a', 'article.card').length === 2 && all('#b', 'article.card').length === 5").await;
        tab.check("shown(one('#c > i')) && events('kabar-error')[0].id === 'c'").await;
        tab.run("one('#a').setAttribute('limit', '3');").await;
        tab.until("all('#a', 'article.card').length === 3").await;
        tab.check("all('#b', 'article.card').length === 5").await;
        let lines = tab.console().await;
        assert!(lines.len() == 1 && lines[0].starts_with("[kabar] feed-empty: "), "{lines:#?}");
        tab.console_is_empty().await;
    });
}

fn an_element_added_late_renders() {
    in_browser(async |tab| {
        open(tab, "<div id=spot></div>").await;
        tab.until("window.Kabar").await;
        assert_eq!(tab.asked_for_wasm(), 0, "no element, no wasm");
        tab.run(
            "const cards = document.createElement('kabar-cards');
            cards.setAttribute('feed', '/feed/good.json');
            cards.setAttribute('limit', '4');
            one('#spot').append(cards);
            const bar = document.createElement('kabar-share');
            one('#spot').append(bar);",
        )
        .await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-share").await;
        cards(tab, 4).await;
        tab.console_is_empty().await;
    });
}

fn an_element_taken_out_and_put_back_renders_once() {
    in_browser(async |tab| {
        open(
            tab,
            r#"<section id="here"><kabar-cards feed="/feed/good.json"><i>Sebentar</i></kabar-cards></section>
            <section id="there"></section>"#,
        )
        .await;
        cards(tab, 6).await;
        tab.run("window.cards = one('kabar-cards'); cards.remove();").await;
        tab.settle().await;
        // An attribute changed while it is out counts once it is back.
        tab.run("cards.setAttribute('limit', '3');").await;
        tab.run("one('#there').append(cards);").await;
        cards(tab, 3).await;
        tab.check("inside('kabar-cards', 'slot:not([name])') === null && all('kabar-cards', 'article.card').every(shown)").await;
        // And moved without a pause, as a framework that sorts a list does.
        tab.run("one('#here').append(cards); one('#there').append(cards); one('#here').append(cards);").await;
        tab.settle().await;
        cards(tab, 3).await;
        tab.run("cards.setAttribute('limit', '5');").await;
        cards(tab, 5).await;
        tab.console_is_empty().await;
    });
}

fn an_element_removed_before_its_feed_came_stays_silent() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/slow/good.json"></kabar-cards><kabar-share></kabar-share>"#).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.run("window.cards = one('kabar-cards'); cards.remove();").await;
        // The answer is on its way for 900 ms; another request after it outlasts it.
        tab.run("return fetch('/feed/slow/good.json').then((answer) => answer.text()).then(() => true);").await;
        tab.settle().await;
        tab.check("!events('kabar-ready').some((event) => event.tag === 'kabar-cards')").await;
        tab.check("events('kabar-error').length === 0").await;
        tab.run("document.body.append(cards);").await;
        cards(tab, 6).await;
        tab.console_is_empty().await;
    });
}

fn refresh_reads_the_feed_again() {
    in_browser(async |tab| {
        open(tab, r#"<kabar-cards feed="/feed/good.json"></kabar-cards>"#).await;
        cards(tab, 6).await;
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.run("Kabar.refresh(one('kabar-cards'));").await;
        tab.until("performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/feed/good.json')).length === 2").await;
        tab.settle().await;
        assert_eq!(tab.asked("/feed/good.json"), 2);
        cards(tab, 6).await;
        tab.console_is_empty().await;
    });
}

fn the_feed_is_discovered_from_the_page() {
    in_browser(async |tab| {
        let link = r#"<link rel="alternate" type="application/feed+json" href="/feed/good.json">"#;
        tab.open_with(PAGE, &[("head", link), ("body", "<kabar-cards></kabar-cards><kabar-next></kabar-next>")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-next").await;
        cards(tab, 6).await;
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}
