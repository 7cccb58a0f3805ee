//! The share bar: where its links lead, and what its buttons do.

use serde_json::json;

use crate::harness::{Tab, cases, in_browser};

cases![
    links_lead_where_the_networks_say,
    links_open_apart_and_say_so_to_search_engines,
    networks_come_in_the_order_asked_for,
    an_unknown_network_is_named,
    what_is_shared_is_the_canonical_link_then_og_url_then_the_location,
    utm_is_added_before_the_fragment,
    copy_puts_the_address_on_the_clipboard_and_says_so,
    a_cancelled_share_does_nothing,
    a_link_that_is_not_cancelled_opens_a_window,
    native_is_hidden_where_the_browser_cannot_share,
    native_shares_inside_the_click_and_takes_no_for_an_answer,
    native_is_hidden_where_the_browser_refuses_this_content,
    the_label_is_in_the_language_of_the_page_or_as_written,
];

const PAGE: &str = "/pages/share/page.html";

/// An address and a title with all that can be got wrong in them, as markup.
const SPECIAL: &str = r#"url="https://koran.example/berita/5?a=1&amp;b=dua%20kata#bagian"
    title="Naik 5% &amp; &quot;cabai&quot; + bawang – naik lagi? Étalase #1/2""#;
const URL: &str = "https%3A%2F%2Fkoran.example%2Fberita%2F5%3Fa%3D1%26b%3Ddua%2520kata%23bagian";
const TITLE: &str = "Naik%205%25%20%26%20%22cabai%22%20%2B%20bawang%20%E2%80%93%20naik%20lagi%3F%20%C3%89talase%20%231%2F2";

async fn open(tab: &Tab, head: &str, attributes: &str) {
    tab.open_with(PAGE, &[("head", head), ("attributes", attributes)]).await;
    tab.until_event("kabar-ready", "kabar-share").await;
}

async fn href(tab: &Tab, network: &str) -> String {
    tab.text(&format!("inside('kabar-share', 'a[data-network={network}]').getAttribute('href')")).await
}

fn links_lead_where_the_networks_say() {
    in_browser(async |tab| {
        open(tab, "", SPECIAL).await;
        assert_eq!(href(tab, "whatsapp").await, format!("https://wa.me/?text={TITLE}%20{URL}"));
        assert_eq!(href(tab, "facebook").await, format!("https://www.facebook.com/sharer/sharer.php?u={URL}"));
        assert_eq!(href(tab, "x").await, format!("https://x.com/intent/tweet?text={TITLE}&url={URL}"));
        assert_eq!(href(tab, "telegram").await, format!("https://t.me/share/url?url={URL}&text={TITLE}"));
        assert_eq!(href(tab, "line").await, format!("https://social-plugins.line.me/lineit/share?url={URL}&text={TITLE}"));
        assert_eq!(href(tab, "email").await, format!("mailto:?subject={TITLE}&body={TITLE}%0D%0A%0D%0A{URL}"));
        tab.run("one('kabar-share').setAttribute('text', 'Ringkas & padat');").await;
        tab.until("inside('kabar-share', 'a[data-network=email]').href.includes('Ringkas')").await;
        let email = href(tab, "email").await;
        assert!(email.starts_with(&format!("mailto:?subject={TITLE}&body=Ringkas%20%26%20padat%0D%0A")), "{email}");
        assert!(email.ends_with(&format!("%0D%0A{URL}")), "{email}");
        tab.console_is_empty().await;
    });
}

fn links_open_apart_and_say_so_to_search_engines() {
    in_browser(async |tab| {
        open(tab, "", SPECIAL).await;
        let wrong = tab
            .texts(
                "all('kabar-share', 'a[data-network]')
                    .filter((link) => link.protocol !== 'mailto:')
                    .filter((link) => link.target !== '_blank' || link.rel !== 'noopener noreferrer nofollow')
                    .map((link) => link.dataset.network)",
            )
            .await;
        assert_eq!(wrong, [""; 0]);
        // A mail program needs no tab, and an empty one would stay behind.
        tab.check("inside('kabar-share', 'a[data-network=email]').target === ''").await;
        tab.check("all('kabar-share', 'nav.share').length === 1 && inside('kabar-share', 'nav.share').ariaLabel.length > 3").await;
        tab.check("all('kabar-share', 'a, button').every((control) => (control.ariaLabel ?? control.textContent).trim())").await;
        tab.console_is_empty().await;
    });
}

fn networks_come_in_the_order_asked_for() {
    in_browser(async |tab| {
        open(tab, "", r#"networks="line copy x""#).await;
        let names = "all('kabar-share', '[data-network]').map((control) => control.dataset.network)";
        assert_eq!(tab.texts(names).await, ["line", "copy", "x"]);
        tab.run("one('kabar-share').setAttribute('networks', 'x whatsapp');").await;
        tab.until(&format!("{names}.join() === 'x,whatsapp'")).await;
        // Headless Chromium cannot share, so `native` is not among the default ones here.
        tab.run("one('kabar-share').removeAttribute('networks');").await;
        tab.until(&format!("{names}.join() === 'whatsapp,facebook,x,telegram,line,email,copy'")).await;
        tab.console_is_empty().await;
    });
}

fn an_unknown_network_is_named() {
    in_browser(async |tab| {
        open(tab, "", r#"networks="x orkut copy""#).await;
        let lines = tab.console().await;
        assert!(lines.len() == 1, "{lines:#?}");
        assert!(lines[0].starts_with("[kabar] <kabar-share> networks=") && lines[0].contains("orkut"), "{lines:#?}");
        tab.check("all('kabar-share', '[data-network=x]').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn what_is_shared_is_the_canonical_link_then_og_url_then_the_location() {
    in_browser(async |tab| {
        let canonical = r#"<link rel="canonical" href="https://koran.example/kanonik">"#;
        let og = r#"<meta property="og:url" content="https://koran.example/og"><meta property="og:title" content="Judul og">"#;
        let only_x = r#"networks="x""#;
        open(tab, &format!("{og}{canonical}"), only_x).await;
        assert_eq!(href(tab, "x").await, "https://x.com/intent/tweet?text=Judul%20og&url=https%3A%2F%2Fkoran.example%2Fkanonik");
        open(tab, og, only_x).await;
        assert_eq!(href(tab, "x").await, "https://x.com/intent/tweet?text=Judul%20og&url=https%3A%2F%2Fkoran.example%2Fog");
        tab.open(PAGE).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        let here = format!("{}{PAGE}", tab.origin()).replace(':', "%3A").replace('/', "%2F");
        assert_eq!(href(tab, "x").await, format!("https://x.com/intent/tweet?text=Judul%20dokumen&url={here}"));
        tab.console_is_empty().await;
    });
}

fn utm_is_added_before_the_fragment() {
    in_browser(async |tab| {
        open(tab, "", &format!(r#"{SPECIAL} utm="utm_source={{network}}&amp;utm_medium=share""#)).await;
        for network in ["facebook", "telegram"] {
            let address = format!(
                "https%3A%2F%2Fkoran.example%2Fberita%2F5%3Fa%3D1%26b%3Ddua%2520kata%26utm_source%3D{network}%26utm_medium%3Dshare%23bagian"
            );
            let found = href(tab, network).await;
            assert!(found.contains(&address), "{found}");
        }
        open(tab, "", r#"url="https://koran.example/polos" utm="utm_source={network}""#).await;
        assert_eq!(
            href(tab, "facebook").await,
            "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fkoran.example%2Fpolos%3Futm_source%3Dfacebook"
        );
        tab.console_is_empty().await;
    });
}

fn copy_puts_the_address_on_the_clipboard_and_says_so() {
    in_browser(async |tab| {
        open(tab, "", SPECIAL).await;
        tab.check("all('kabar-share', '[role=status]').length === 1").await;
        tab.check("inside('kabar-share', '[role=status]').textContent === ''").await;
        tab.click("inside('kabar-share', 'button[data-network=copy]')").await;
        tab.until("inside('kabar-share', '[role=status]').textContent.trim() !== ''").await;
        tab.until("events('kabar-shared').length === 1").await;
        let address = "https://koran.example/berita/5?a=1&b=dua%20kata#bagian";
        assert_eq!(tab.clipboard().await, address);
        let shared = json!({ "network": "copy", "url": address });
        assert_eq!(tab.js("events('kabar-share').map((event) => event.detail)").await, json!([shared]));
        assert_eq!(tab.js("events('kabar-shared').map((event) => event.detail)").await, json!([shared]));
        tab.check("events('kabar-share')[0].cancelable && !events('kabar-shared')[0].cancelable").await;
        tab.console_is_empty().await;
    });
}

fn a_cancelled_share_does_nothing() {
    in_browser(async |tab| {
        open(tab, "", SPECIAL).await;
        tab.run("addEventListener('kabar-share', (event) => event.preventDefault());").await;
        tab.copy("sebelumnya").await;
        tab.click("inside('kabar-share', 'button[data-network=copy]')").await;
        tab.click("inside('kabar-share', 'a[data-network=facebook]')").await;
        tab.until("events('kabar-share').length === 2").await;
        tab.settle().await;
        assert_eq!(tab.windows().await, 1);
        assert_eq!(tab.clipboard().await, "sebelumnya");
        tab.check("events('kabar-shared').length === 0").await;
        tab.check("inside('kabar-share', '[role=status]').textContent === ''").await;
        tab.console_is_empty().await;
    });
}

fn a_link_that_is_not_cancelled_opens_a_window() {
    in_browser(async |tab| {
        open(tab, "", SPECIAL).await;
        tab.click("inside('kabar-share', 'a[data-network=facebook]')").await;
        tab.until("events('kabar-share').length === 1").await;
        let detail = json!({
            "network": "facebook",
            "url": "https://koran.example/berita/5?a=1&b=dua%20kata#bagian",
        });
        assert_eq!(tab.js("events('kabar-share')[0].detail").await, detail);
        tab.check("events('kabar-shared').length === 1").await;
        tab.until_windows(2).await;
        tab.close_other_windows().await;
        tab.console_is_empty().await;
    });
}

fn native_is_hidden_where_the_browser_cannot_share() {
    in_browser(async |tab| {
        tab.before("delete Navigator.prototype.share; delete Navigator.prototype.canShare;").await;
        open(tab, "", r#"networks="native copy""#).await;
        tab.check("!all('kabar-share', '[data-network=native]').some(shown)").await;
        tab.check("all('kabar-share', '[data-network=copy]').every(shown)").await;
        tab.console_is_empty().await;
    });
}

fn native_shares_inside_the_click_and_takes_no_for_an_answer() {
    in_browser(async |tab| {
        tab.before(
            "window.shares = [];
            Navigator.prototype.canShare = () => true;
            Navigator.prototype.share = function (data) {
              shares.push({ ...data, active: navigator.userActivation.isActive });
              return shares.length === 1 ? Promise.resolve() : Promise.reject(new DOMException('no', 'AbortError'));
            };",
        )
        .await;
        open(tab, "", r#"url="https://koran.example/5" title="Judul" networks="native copy""#).await;
        tab.click("inside('kabar-share', 'button[data-network=native]')").await;
        tab.until("events('kabar-shared').length === 1").await;
        tab.check("shares[0].url === 'https://koran.example/5' && shares[0].title === 'Judul' && shares[0].active").await;
        tab.click("inside('kabar-share', 'button[data-network=native]')").await;
        tab.until("shares.length === 2").await;
        tab.settle().await;
        tab.check("events('kabar-share').length === 2 && events('kabar-shared').length === 1").await;
        tab.check("events('kabar-error').length === 0").await;
        tab.console_is_empty().await;
    });
}

fn native_is_hidden_where_the_browser_refuses_this_content() {
    in_browser(async |tab| {
        tab.before(
            "Navigator.prototype.canShare = () => false;
            Navigator.prototype.share = () => Promise.reject(new TypeError('not this'));",
        )
        .await;
        open(tab, "", r#"networks="native copy""#).await;
        tab.check("!all('kabar-share', '[data-network=native]').some(shown)").await;
        tab.console_is_empty().await;
    });
}

fn the_label_is_in_the_language_of_the_page_or_as_written() {
    in_browser(async |tab| {
        open(tab, "", "").await;
        tab.check("inside('kabar-share', 'nav.share').ariaLabel !== 'Share this'").await;
        tab.run("one('kabar-share').lang = 'en';").await;
        tab.until("inside('kabar-share', 'nav.share').ariaLabel === 'Share this'").await;
        tab.run("one('kabar-share').setAttribute('label', 'Sebarkan');").await;
        tab.until("inside('kabar-share', 'nav.share').ariaLabel === 'Sebarkan'").await;
        tab.check("root('kabar-share').textContent.includes('Sebarkan')").await;
        tab.console_is_empty().await;
    });
}
