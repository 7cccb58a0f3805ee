//! Share networks beyond the default ones: fetched, registered, with dialogs of their own.

use std::{fs, path::Path};

use serde_json::json;
use thirtyfour::Key;

use crate::harness::{Policy, STRICT, Tab, cases, in_browser};

cases![
    a_network_that_is_not_built_in_is_fetched,
    the_default_networks_fetch_nothing,
    a_network_whose_file_does_not_arrive_is_left_out,
    what_a_network_needs_decides_whether_it_is_shown,
    a_registered_network_is_shown_before_and_after_the_elements,
    a_registered_network_runs_no_code,
    a_middle_click_opens_the_network_in_a_tab,
    mastodon_asks_for_the_server_and_keeps_it_only_when_told_to,
    a_qr_code_can_be_read,
    print_prints_what_nobody_cancels,
    further_targets_are_behind_a_button,
    a_dialogs_buttons_are_not_the_one_for_further_targets,
    a_floating_bar_stays_and_covers_no_focus,
    sizes_are_told_apart_and_large_enough,
    all_of_it_works_under_the_strict_policy,
    no_violation_that_axe_knows,
];

const PAGE: &str = "/pages/share/page.html";

const ARTICLE: &str = r#"url="https://koran.example/berita/5?a=1#b" title="Naik & turun""#;

const URL: &str = "https%3A%2F%2Fkoran.example%2Fberita%2F5%3Fa%3D1%23b";

async fn open(tab: &Tab, attributes: &str) {
    tab.open_with(PAGE, &[("attributes", &format!("{ARTICLE} {attributes}").replace("Naik & ", "Naik &amp; "))]).await;
    tab.until_event("kabar-ready", "kabar-share").await;
}

const NAMES: &str = "all('kabar-share', '[data-network]').filter(shown).map((control) => control.dataset.network)";

fn asked_for_networks(tab: &Tab) -> usize {
    let scripts = ["/networks-", "/kabar-share-", "/kabar-dialogs-"];
    // The wasm of the bar itself is no network's.
    tab.asked_where(|seen| scripts.iter().any(|part| seen.path.contains(part)) && !seen.path.contains("/kabar-share-bar-"))
}

fn a_network_that_is_not_built_in_is_fetched() {
    in_browser(async |tab| {
        open(tab, r#"networks="reddit x bluesky copy" utm="s={network}""#).await;
        assert_eq!(tab.texts(NAMES).await, ["reddit", "x", "bluesky", "copy"]);
        let href = |id: &str| format!("inside('kabar-share', 'a[data-network={id}]').getAttribute('href')");
        let with_utm = |id: &str| URL.replace("%23b", &format!("%26s%3D{id}%23b"));
        assert_eq!(
            tab.text(&href("reddit")).await,
            format!("https://www.reddit.com/submit?url={}&title=Naik%20%26%20turun", with_utm("reddit"))
        );
        assert_eq!(
            tab.text(&href("bluesky")).await,
            format!("https://bsky.app/intent/compose?text=Naik%20%26%20turun%0A{}", with_utm("bluesky"))
        );
        tab.check("inside('kabar-share', '[data-network=reddit]').ariaLabel === 'Bagikan ke Reddit, buka tab baru'").await;
        tab.check("inside('kabar-share', '[data-network=reddit]').target === '_blank'").await;
        tab.check("inside('kabar-share', '[data-network=reddit] svg').getBoundingClientRect().width > 15").await;
        // Another one comes when it is asked for, and the first ones are not asked for again.
        tab.run("one('kabar-share').setAttribute('networks', 'linkedin reddit');").await;
        tab.until(&format!("{NAMES}.join() === 'linkedin,reddit'")).await;
        assert_eq!(tab.asked_where(|seen| seen.path.ends_with("/reddit.json")), 1);
        tab.console_is_empty().await;
    });
}

fn the_default_networks_fetch_nothing() {
    in_browser(async |tab| {
        open(tab, "").await;
        open(tab, r#"networks="native, WhatsApp facebook x telegram line email copy""#).await;
        assert_eq!(asked_for_networks(tab), 0);
        tab.console_is_empty().await;
    });
}

fn a_network_whose_file_does_not_arrive_is_left_out() {
    in_browser(async |tab| {
        tab.before(
            "const own = fetch;
            window.fetch = (url, ...rest) => own(/reddit/.test(url) ? '/nothing-here' : url, ...rest);",
        )
        .await;
        open(tab, r#"networks="reddit vk copy""#).await;
        assert_eq!(tab.texts(NAMES).await, ["vk", "copy"]);
        let lines = tab.console().await;
        let ours: Vec<_> = lines.iter().filter(|line| line.contains("[kabar]")).collect();
        assert!(ours.len() == 1 && ours[0].contains("networks=\"reddit\" is left out"), "{lines:#?}");
        tab.console_is_empty().await;
    });
}

fn what_a_network_needs_decides_whether_it_is_shown() {
    in_browser(async |tab| {
        open(tab, r#"networks="pinterest sms viber x""#).await;
        assert_eq!(tab.texts(NAMES).await, ["x"]);
        // None of them: what the publisher wrote inside, and not the networks that nobody named.
        tab.run("one('kabar-share').append('Bagikan di ponsel'); one('kabar-share').setAttribute('networks', 'sms viber');").await;
        tab.until(
            "inside('kabar-share', 'slot') && !inside('kabar-share', 'nav') && one('kabar-share').getBoundingClientRect().height > 0",
        )
        .await;
        tab.run("one('kabar-share').setAttribute('networks', 'sms x');").await;
        tab.until(&format!("{NAMES}.join() === 'x'")).await;
        tab.before("const own = matchMedia; window.matchMedia = (query) => (/coarse/.test(query) ? { matches: true } : own(query));").await;
        open(tab, r#"networks="pinterest sms viber x" image="/gambar.jpg""#).await;
        assert_eq!(tab.texts(NAMES).await, ["pinterest", "sms", "viber", "x"]);
        tab.check("inside('kabar-share', '[data-network=sms]').getAttribute('href').startsWith('sms:?body=Naik%20')").await;
        tab.check("inside('kabar-share', '[data-network=sms]').target === ''").await;
        tab.check("inside('kabar-share', '[data-network=pinterest]').href.includes('&media=http%3A%2F%2F')").await;
        tab.console_is_empty().await;
    });
}

const FORUM: &str = "{ id: 'forum', label: 'Forum', href: 'https://forum.example/new?t={title}&u={url}&x={via}', icon: 'M2 2h20v20H2z' }";

fn a_registered_network_is_shown_before_and_after_the_elements() {
    in_browser(async |tab| {
        open(tab, r#"networks="forum x""#).await;
        assert_eq!(tab.texts(NAMES).await, ["x"]);
        let lines = tab.console().await;
        assert!(
            lines.len() == 1 && lines[0].contains(r#"[kabar] <kabar-share> networks="forum" is not known: use some of native "#),
            "{lines:#?}"
        );
        tab.run(&format!("Kabar.registerNetwork({FORUM});")).await;
        tab.until(&format!("{NAMES}.join() === 'forum,x'")).await;
        let href = "inside('kabar-share', '[data-network=forum]').getAttribute('href')";
        assert_eq!(tab.text(href).await, format!("https://forum.example/new?t=Naik%20%26%20turun&u={URL}"));
        tab.run("const share = document.createElement('kabar-share'); share.id = 'two'; share.setAttribute('networks', 'forum'); document.body.append(share);")
            .await;
        tab.until("root('#two')?.querySelector('[data-network=forum]')?.ariaLabel.includes('Forum')").await;
        tab.console_is_empty().await;
    });
}

fn a_registered_network_runs_no_code() {
    in_browser(async |tab| {
        open(tab, r#"networks="x""#).await;
        for href in
            ["javascript:alert(1)", " javascript:alert(1)//https://", "java\\nscript:alert(1)", "data:text/html,x", "{url}", "//a.example"]
        {
            tab.run(&format!("Kabar.registerNetwork({{ id: 'bad', label: 'Bad', href: '{href}', icon: 'M0 0h1z' }});")).await;
        }
        tab.run("one('kabar-share').setAttribute('networks', 'bad copy');").await;
        tab.until(&format!("{NAMES}.join() === 'copy'")).await;
        let lines = tab.console().await;
        assert!(!lines.is_empty() && lines.iter().all(|line| line.contains("[kabar]")), "{lines:#?}");
        tab.console_is_empty().await;
    });
}

fn a_middle_click_opens_the_network_in_a_tab() {
    in_browser(async |tab| {
        // What the browser does with the click, it does with a link: there is no script in its way.
        open(tab, r#"networks="reddit""#).await;
        let script = "const link = inside('kabar-share', '[data-network=reddit]');
            const click = new MouseEvent('auxclick', { button: 1, bubbles: true, composed: true, cancelable: true });
            return link.dispatchEvent(click) && link.localName === 'a' && link.protocol === 'https:';";
        assert_eq!(tab.run(script).await, json!(true));
        tab.check("events('kabar-share').length === 0").await;
        tab.console_is_empty().await;
    });
}

/// What a case needs to see of a link that opens a tab, without opening one on a host that is not there.
const OPENED: &str = "window.opened = [];
    addEventListener('click', (event) => {
      const [link] = event.composedPath();
      if (link.localName === 'a') { opened.push(link.href); event.preventDefault(); }
    });
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () { this.isConnected ? click.call(this) : opened.push(this.href); };";

fn mastodon_asks_for_the_server_and_keeps_it_only_when_told_to() {
    in_browser(async |tab| {
        tab.before(OPENED).await;
        open(tab, r#"networks="mastodon x""#).await;
        tab.click("inside('kabar-share', '[data-network=mastodon]')").await;
        tab.until("inside('kabar-share', 'dialog')?.open").await;
        tab.check("focused().localName === 'input' && focused().value === ''").await;
        tab.check("root('kabar-share').querySelector('dialog').matches('[aria-labelledby=kabar-dialog]')").await;
        let submit = |text: &str, tick: bool| {
            format!(
                "const dialog = inside('kabar-share', 'dialog');
                const [server, remember] = dialog.querySelectorAll('input');
                server.value = '{text}';
                server.dispatchEvent(new Event('input'));
                if (remember.checked !== {tick}) remember.click();
                dialog.querySelector('form').requestSubmit();"
            )
        };
        tab.run(&submit("bukan server", false)).await;
        tab.check("opened.length === 0 && inside('kabar-share', 'dialog').open").await;
        tab.run(&submit("https://mastodon.example/@warta", false)).await;
        tab.until("opened.length === 1 && !inside('kabar-share', 'dialog')").await;
        let expected = format!("https://mastodon.example/share?text=Naik%20%26%20turun%0A{URL}");
        assert_eq!(tab.text("opened[0]").await, expected);
        tab.check("localStorage.length === 0 && events('kabar-shared').length === 1").await;
        tab.until("focused()?.dataset.network === 'mastodon'").await;
        tab.click("inside('kabar-share', '[data-network=mastodon]')").await;
        tab.until("inside('kabar-share', 'dialog')?.open").await;
        tab.check("inside('kabar-share', 'dialog input').value === ''").await;
        tab.run(&submit("@warta@mastodon.example", true)).await;
        tab.until("opened.length === 2").await;
        tab.check("localStorage.getItem('kabar-mastodon') === 'mastodon.example'").await;
        tab.click("inside('kabar-share', '[data-network=mastodon]')").await;
        tab.until("inside('kabar-share', 'dialog')?.open").await;
        tab.check("inside('kabar-share', 'dialog input').value === 'mastodon.example'").await;
        tab.run(&submit("mastodon.example", false)).await;
        tab.until("opened.length === 3").await;
        tab.check("localStorage.length === 0").await;
        tab.console_is_empty().await;
    });
}

fn a_qr_code_can_be_read() {
    in_browser(async |tab| {
        open(tab, r#"networks="qr" utm="s={network}""#).await;
        tab.click("inside('kabar-share', '[data-network=qr]')").await;
        tab.until("inside('kabar-share', 'dialog')?.open && events('kabar-shared').length === 1").await;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/node_modules/jsqr/dist/jsQR.js");
        let reader =
            fs::read_to_string(&script).unwrap_or_else(|error| panic!("{}: {error}: `cargo xtask test` installs it", script.display()));
        tab.run(&format!("{reader}\nwindow.jsQR = self.jsQR ?? jsQR;")).await;
        let read = "const svg = inside('kabar-share', 'dialog svg');
            const [least, , size] = svg.getAttribute('viewBox').split(' ').map(Number);
            const width = size * 4;
            const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
            for (const [, x, y] of svg.firstChild.getAttribute('d').matchAll(/M(\\d+) (\\d+)h1v1h-1z/g))
              for (let down = 0; down < 4; down++)
                for (let right = 0; right < 4; right++) {
                  const at = 4 * ((4 * (+y - least) + down) * width + 4 * (+x - least) + right);
                  pixels[at] = pixels[at + 1] = pixels[at + 2] = 0;
                }
            return jsQR(pixels, width, width)?.data;";
        assert_eq!(tab.run(read).await, json!("https://koran.example/berita/5?a=1&s=qr#b"));
        tab.check("inside('kabar-share', 'dialog svg').getBoundingClientRect().width > 200").await;
        tab.press(Key::Escape).await;
        tab.until("!inside('kabar-share', 'dialog') && focused()?.dataset.network === 'qr'").await;
        tab.console_is_empty().await;
    });
}

fn print_prints_what_nobody_cancels() {
    in_browser(async |tab| {
        tab.before("window.prints = 0; window.print = () => prints++;").await;
        open(tab, r#"networks="print""#).await;
        tab.check("inside('kabar-share', '[data-network=print]').ariaLabel === 'Cetak'").await;
        tab.click("inside('kabar-share', '[data-network=print]')").await;
        tab.until("prints === 1 && events('kabar-shared').length === 1").await;
        tab.run("addEventListener('kabar-share', (event) => event.preventDefault());").await;
        tab.click("inside('kabar-share', '[data-network=print]')").await;
        tab.until("events('kabar-share').length === 2").await;
        tab.settle().await;
        tab.check("prints === 1 && events('kabar-shared').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn further_targets_are_behind_a_button() {
    in_browser(async |tab| {
        open(tab, r#"networks="x line email copy" visible="2" variant="text""#).await;
        assert_eq!(tab.texts(NAMES).await, ["x", "line"]);
        let button = "inside('kabar-share', 'button.others')";
        tab.check(&format!("{button}.ariaExpanded === 'false' && {button}.textContent === 'Lainnya'")).await;
        tab.click(button).await;
        tab.until(&format!("{NAMES}.join() === 'x,line,email,copy' && {button}.ariaExpanded === 'true'")).await;
        tab.check("focused()?.className === 'others' && focused().nextSibling.dataset.network === 'email'").await;
        tab.click("inside('kabar-share', '[data-network=copy]')").await;
        tab.until("events('kabar-shared').length === 1").await;
        tab.click(button).await;
        tab.until(&format!("{NAMES}.join() === 'x,line'")).await;
        tab.run("one('kabar-share').setAttribute('visible', '4');").await;
        tab.until(&format!("{NAMES}.join() === 'x,line,email,copy' && !{button}")).await;
        tab.console_is_empty().await;
    });
}

fn a_dialogs_buttons_are_not_the_one_for_further_targets() {
    in_browser(async |tab| {
        open(tab, r#"networks="x line qr" visible="2" variant="text""#).await;
        tab.click("inside('kabar-share', 'button.others')").await;
        tab.until(&format!("{NAMES}.join() === 'x,line,qr'")).await;
        tab.click("inside('kabar-share', '[data-network=qr]')").await;
        tab.until("inside('kabar-share', 'dialog svg')").await;
        tab.click("inside('kabar-share', 'dialog button')").await;
        tab.until("!inside('kabar-share', 'dialog') && focused()?.dataset.network === 'qr'").await;
        tab.check(&format!("{NAMES}.join() === 'x,line,qr'")).await;
        tab.console_is_empty().await;
    });
}

fn a_floating_bar_stays_and_covers_no_focus() {
    in_browser(async |tab| {
        open(tab, r#"networks="x copy" placement="floating""#).await;
        tab.run(
            "for (let number = 0; number < 60; number++) {
              const line = document.createElement('p');
              line.append(Object.assign(document.createElement('a'), { href: '#', textContent: 'tautan ' + number }));
              document.body.append(line);
            }",
        )
        .await;
        let bar = "inside('kabar-share', '.share').getBoundingClientRect()";
        let before = tab.js(&format!("{bar}.top")).await;
        tab.run("scrollTo(0, 300);").await;
        tab.settle().await;
        assert_eq!(tab.js(&format!("{bar}.top")).await, before);
        tab.check(&format!("{bar}.height > 20 && {bar}.width > 20")).await;
        let overlaps = "(() => {
            const bar = inside('kabar-share', '.share').getBoundingClientRect();
            const box = document.activeElement.getBoundingClientRect();
            return box.left < bar.right && box.right > bar.left && box.top < bar.bottom && box.bottom > bar.top;
        })()";
        let covered = tab
            .run(&format!(
                "return [...document.querySelectorAll('p a')].slice(0, 50).filter((link) => {{ link.focus(); return {overlaps}; }}).length;"
            ))
            .await;
        assert_eq!(covered, json!(0));
        tab.console_is_empty().await;
    });
}

fn sizes_are_told_apart_and_large_enough() {
    in_browser(async |tab| {
        let mut heights = Vec::new();
        for size in ["small", "medium", "large"] {
            open(tab, &format!(r#"networks="x copy" size="{size}""#)).await;
            let height = tab.js("inside('kabar-share', '[data-network=x]').getBoundingClientRect().height").await;
            heights.push(height.as_f64().unwrap());
        }
        // WCAG 2.2, 2.5.8: 24 by 24.
        assert!(heights[0] >= 24.0 && heights.is_sorted_by(|one, other| one < other), "{heights:?}");
        tab.console_is_empty().await;
    });
}

fn all_of_it_works_under_the_strict_policy() {
    in_browser(async |tab| {
        tab.before("window.prints = 0; window.print = () => prints++;").await;
        let body = r#"<!doctype html><html lang=id><meta charset="utf-8"><title>Ketat</title>
            <kabar-share url="https://koran.example/5" networks="reddit mastodon qr print forum x" visible=4 size=small placement=floating loading=eager></kabar-share>
            <script src=/dist/kabar.js></script>"#;
        tab.make_page("share.html", Policy::Enforced(STRICT.to_owned()), body.to_owned());
        tab.open("/made/share.html").await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.console().await;
        tab.run(&format!("Kabar.registerNetwork({FORUM});")).await;
        tab.until("all('kabar-share', '[data-network]').length === 6").await;
        tab.click("inside('kabar-share', '[data-network=print]')").await;
        tab.until("prints === 1").await;
        for id in ["qr", "mastodon"] {
            tab.click(&format!("inside('kabar-share', '[data-network={id}]')")).await;
            tab.until("inside('kabar-share', 'dialog')?.open").await;
            tab.press(Key::Escape).await;
            tab.until("!inside('kabar-share', 'dialog')").await;
        }
        tab.console_is_empty().await;
    });
}

fn no_violation_that_axe_knows() {
    in_browser(async |tab| {
        for attributes in [
            r#"networks="mastodon qr reddit print sms copy" visible="3" size="small""#,
            r#"networks="mastodon qr reddit" placement="floating""#,
        ] {
            let html = format!(
                r#"<!doctype html><html lang=id><meta charset="utf-8"><title>Berita</title>
                <main><h1>Naik</h1><kabar-share url="https://koran.example/5" {attributes}></kabar-share></main><script src=/dist/kabar.js></script>"#
            );
            tab.make_page("axe.html", Policy::None, html);
            tab.open("/made/axe.html").await;
            tab.until_event("kabar-ready", "kabar-share").await;
            crate::axe::violations_are_none(tab).await;
            for id in ["qr", "mastodon"] {
                tab.click(&format!("inside('kabar-share', '[data-network={id}]')")).await;
                tab.until("inside('kabar-share', 'dialog')?.open").await;
                crate::axe::violations_are_none(tab).await;
                tab.press(Key::Escape).await;
                tab.until("!inside('kabar-share', 'dialog')").await;
            }
        }
        tab.console_is_empty().await;
    });
}
