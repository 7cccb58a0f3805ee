//! `on-error`: what an element says of a feed that did not come, and how the
//! reader or the browser's own word that it is online again brings it.

use crate::{
    harness::{
        Tab, cases, in_browser, reliability,
        wire::{Step, Wire, private_head},
    },
    network::ONE,
};

cases![
    by_default_an_empty_element_says_nothing,
    a_message_stands_where_nothing_else_would,
    a_fallback_is_message_enough,
    a_button_tries_again,
    a_button_can_be_pressed_again_and_again,
    back_online_each_element_tries_once,
    the_script_that_does_not_come_is_said_once,
    every_language_of_the_labels_has_its_notices,
];

const JSON: &str = "content-type: application/feed+json";

fn broken() -> (Wire, String) {
    let wire = Wire::start();
    let address = wire.answer_with("/feed", "503 Service Unavailable", &[], b"");
    (wire, address)
}

async fn open(tab: &Tab, element: &str, feed: &str) {
    let body = element.replace("FEED", &format!("feed={feed} loading=eager"));
    tab.open_with("/pages/elements/page.html", &[("body", &body)]).await;
    tab.until("events('kabar-error').length > 0").await;
}

const NOTICE: &str = "inside('kabar-cards', '[part=notice]')";

fn by_default_an_empty_element_says_nothing() {
    in_browser(async |tab| {
        let (_wire, feed) = broken();
        open(tab, "<kabar-cards FEED></kabar-cards>", &feed).await;
        tab.settle().await;
        tab.check("root('kabar-cards').childElementCount === 1 && root('kabar-cards').firstChild.localName === 'slot'").await;
        assert_eq!(tab.asked_where(|seen| seen.path.contains("-notice-")), 0);
        tab.console().await;
    });
}

fn a_message_stands_where_nothing_else_would() {
    in_browser(async |tab| {
        let (_wire, feed) = broken();
        open(tab, "<kabar-cards FEED on-error=message></kabar-cards>", &feed).await;
        tab.until(NOTICE).await;
        tab.check(&format!("{NOTICE}.textContent.trim() === 'Berita gagal dimuat.' && {NOTICE}.getAttribute('role') === 'status'")).await;
        tab.check("!inside('kabar-cards', 'button')").await;
        // What has a slot is no fallback: it is not shown now.
        open(tab, "<kabar-cards FEED on-error=message>\n<h2 slot=heading>Lainnya</h2>\n<!-- kosong --></kabar-cards>", &feed).await;
        tab.until(&format!("{NOTICE}?.textContent.trim() === 'Berita gagal dimuat.'")).await;
        // What comes after all takes it away.
        tab.run("one('kabar-cards').setAttribute('feed', '/feed/good.json');").await;
        tab.until("all('kabar-cards', 'article.card').length === 6").await;
        tab.check(&format!("!{NOTICE}")).await;
        tab.console().await;
        reliability::record(
            "a feed that fails, with `on-error=\"message\"` and no fallback",
            1,
            "a text in the page's language stands there",
        );
    });
}

fn a_fallback_is_message_enough() {
    in_browser(async |tab| {
        let (_wire, feed) = broken();
        open(tab, "<kabar-cards FEED on-error=message><a id=fallback href=/archive>Semua artikel</a></kabar-cards>", &feed).await;
        tab.until("performance.getEntriesByType('resource').some((entry) => entry.name.includes('-notice-') && entry.responseEnd > 0)")
            .await;
        tab.settle().await;
        tab.check(&format!("!{NOTICE} && shown(one('#fallback'))")).await;
        tab.console().await;
    });
}

fn a_button_tries_again() {
    in_browser(async |tab| {
        let (wire, feed) = broken();
        open(tab, "<kabar-cards FEED on-error=retry><a id=fallback href=/archive>Semua artikel</a></kabar-cards>", &feed).await;
        tab.until(&format!("{NOTICE}?.querySelector('button')")).await;
        tab.check(&format!("{NOTICE}.textContent === 'Coba lagi' && shown(one('#fallback'))")).await;
        tab.check(&format!("{NOTICE}.querySelector('button').getBoundingClientRect().height >= 24")).await;
        wire.answer_with("/feed", "200 OK", &[JSON], ONE.as_bytes());
        tab.click(&format!("{NOTICE}.querySelector('button')")).await;
        tab.until("all('kabar-cards', 'article.card').length === 1").await;
        tab.check(&format!("!{NOTICE} && !shown(one('#fallback'))")).await;
        tab.until("root('kabar-cards').activeElement?.localName === 'a'").await;
        assert_eq!(wire.asked().len(), 2);
        tab.console().await;
        reliability::record("a feed that fails, with `on-error=\"retry\"`, and the button pressed", 1, "asked again, and renders");
    });
}

fn a_button_can_be_pressed_again_and_again() {
    in_browser(async |tab| {
        let (wire, feed) = broken();
        open(tab, "<kabar-cards FEED on-error=retry></kabar-cards>", &feed).await;
        for times in 1..=3 {
            tab.until(&format!("{NOTICE}?.querySelector('button:enabled') && events('kabar-error').length === {times}")).await;
            tab.check("all('kabar-cards', '[part=notice]').length === 1 && root('kabar-cards').adoptedStyleSheets.length === 1").await;
            tab.run(&format!("{NOTICE}.querySelector('button').click();")).await;
        }
        tab.until("events('kabar-error').length === 4").await;
        assert_eq!(wire.asked().len(), 4);
        tab.console().await;
    });
}

fn back_online_each_element_tries_once() {
    in_browser(async |tab| {
        let wire = Wire::start();
        // Not a reset, after which some browsers ask again by themselves.
        let feed = wire.answer("/feed", vec![Step::Send(private_head("200 OK", &["content-length: 0"]))]);
        open(tab, "<kabar-cards FEED>Satu</kabar-cards><kabar-next FEED order=feed>Dua</kabar-next>", &feed).await;
        tab.until("events('kabar-error').length === 2").await;
        tab.check("events('kabar-error').every((event) => event.detail.code === 'feed-unreachable')").await;
        let before = wire.asked().len();
        // Once, however often: this one fails too, and is over before the next.
        tab.run("dispatchEvent(new Event('online'));").await;
        tab.until("events('kabar-error').length === 4").await;
        let again = wire.asked().len() - before;
        wire.answer_with("/feed", "200 OK", &[JSON], ONE.as_bytes());
        tab.run("dispatchEvent(new Event('online'));").await;
        tab.until("all('kabar-cards', 'article.card').length === 1 && inside('kabar-next', 'aside')").await;
        let once_more = wire.asked().len();
        tab.run("dispatchEvent(new Event('online'));").await;
        tab.settle().await;
        assert_eq!(wire.asked().len(), once_more, "what is there is not asked for again");
        assert_eq!((before, again, once_more), (1, 1, 3), "one request for both elements each time");
        tab.console().await;
        reliability::record(
            "a feed out of reach, then back online",
            2,
            "asked for once by itself, by one request for both elements, and renders",
        );
    });
}

fn the_script_that_does_not_come_is_said_once() {
    in_browser(async |tab| {
        let (_wire, feed) = broken();
        crate::policies::copy_of_dist(tab, |name, bytes| if name.contains("-notice-") { None } else { Some(bytes) });
        let body = format!("<kabar-cards feed={feed} loading=eager on-error=message></kabar-cards><script src=/made/kabar.js></script>");
        crate::policies::open(tab, crate::harness::Policy::None, &body).await;
        tab.until("events('kabar-error').length === 2").await;
        tab.settle().await;
        tab.check("events('kabar-error').map((event) => event.detail.code).join() === 'feed-status,wasm-failed'").await;
        tab.console().await;
    });
}

fn every_language_of_the_labels_has_its_notices() {
    in_browser(async |tab| {
        let languages: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(include_str!("../../src/locale/languages.json")).unwrap();
        let notices: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(include_str!("../../www/optional/notice.json")).unwrap();
        let (_wire, feed) = broken();
        let tags = languages.keys().map(String::as_str).chain(["zh-TW", "nb", "pt-BR", "xx"]);
        let element = |language| format!("<kabar-cards lang={language} feed={feed} loading=eager on-error=retry></kabar-cards>");
        let body = tags.fold(String::new(), |body, language| body + element(language).as_str());
        open(tab, &body, &feed).await;
        let said =
            "[...document.querySelectorAll('kabar-cards')].map((cards) => cards.shadowRoot.querySelector('[part=notice]')?.textContent)";
        tab.until(&format!("{said}.every((text) => text)")).await;
        let said = tab.texts(said).await;
        let own = languages.keys().map(String::as_str).chain(["zh-Hant", "no", "pt", "en"]);
        for (language, said) in own.zip(said) {
            let words = &notices[language];
            assert_eq!(said, format!("{} {}", words[0].as_str().unwrap(), words[1].as_str().unwrap()), "{language}");
            assert!(words[2].as_str().unwrap().contains("{}"), "{language} has no place for the age");
        }
        assert_eq!(languages.len(), notices.len());
        tab.console().await;
    });
}
