//! What readers are used to from other pages: every way to click, text that can be
//! selected, the way past a long list, and back to where they were.

use serde_json::json;
use thirtyfour::Key;

use crate::harness::{Tab, cases, in_browser};

cases![
    a_click_anywhere_on_a_card_follows_its_one_link,
    a_middle_click_anywhere_on_a_card_opens_a_tab,
    the_context_menu_is_the_links,
    a_long_press_is_on_the_link,
    an_excerpt_can_be_selected,
    share_buttons_take_a_middle_click,
    a_long_list_can_be_skipped,
    a_short_list_has_nothing_to_skip,
    back_returns_to_the_cards_that_were_loaded,
    scrolling_does_not_chatter,
];

const PAGE: &str = "/pages/elements/page.html";

/// The browser under test has no mouse of its own, and says so to a page that asks.
pub(crate) const HAS_MOUSE: &str =
    "{ const { matchMedia } = window; window.matchMedia = (query) => query.includes('(hover)') ? { matches: true } : matchMedia(query); }";

/// Where a real mouse or finger does something.
struct Mouse<'a>(&'a Tab);

impl Mouse<'_> {
    async fn event(&self, kind: &str, (x, y): (f64, f64), button: &str) {
        let buttons = match (kind, button) {
            ("mouseReleased", _) | (_, "none") => 0,
            (_, "right") => 2,
            (_, "middle") => 4,
            _ => 1,
        };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        self.0.cdp("Input.dispatchMouseEvent", event).await;
    }

    async fn click(&self, place: (f64, f64), button: &str) {
        self.event("mouseMoved", place, "none").await;
        self.event("mousePressed", place, button).await;
        self.event("mouseReleased", place, button).await;
    }
}

/// The middle of what an expression gives, scrolled into view.
async fn middle(tab: &Tab, expression: &str) -> (f64, f64) {
    let place = tab
        .run(&format!(
            "const node = ({expression}); node.scrollIntoView({{ block: 'center' }}); const box = node.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];"
        ))
        .await;
    (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
}

/// Opens cards, and waits for what a mouse needs.
async fn open(tab: &Tab, attributes: &str) {
    tab.before(HAS_MOUSE).await;
    let body = format!("<kabar-cards loading=eager feed=/feed/good.json {attributes}></kabar-cards>");
    tab.open_with(PAGE, &[("body", &body)]).await;
    tab.until_event("kabar-ready", "kabar-cards").await;
    tab.until("root('kabar-cards').adoptedStyleSheets.length === 2").await;
}

/// Keeps the page where it is, and notes what would have been followed.
const STAY: &str = "window.followed = [];
    document.addEventListener('click', (event) => { event.preventDefault(); followed.push([event.composedPath()[0].localName, event.ctrlKey].join()); });";

const PARTS: [&str; 5] = ["img", "h3", ".meta", ".excerpt", "ul"];

fn a_click_anywhere_on_a_card_follows_its_one_link() {
    in_browser(async |tab| {
        open(tab, "").await;
        tab.run(STAY).await;
        tab.check("all('kabar-cards', 'article').every((card) => card.querySelectorAll('a').length === 1)").await;
        let parts = tab.texts(&format!("{PARTS:?}.filter((part) => inside('kabar-cards', part))")).await;
        assert!(parts.contains(&".excerpt".to_owned()) && parts.len() > 2, "{parts:?}");
        for (count, part) in parts.iter().enumerate() {
            let place = middle(tab, &format!("inside('kabar-cards', {part:?})")).await;
            Mouse(tab).click(place, "left").await;
            tab.until(&format!("events('kabar-card-click').length === {}", count + 1)).await;
        }
        tab.check("followed.filter((what) => what === 'a,false').length === events('kabar-card-click').length").await;
        tab.check("events('kabar-card-click').every((event) => event.detail.index === 0)").await;
        tab.console_is_empty().await;
    });
}

fn a_middle_click_anywhere_on_a_card_opens_a_tab() {
    in_browser(async |tab| {
        open(tab, "").await;
        for (count, part) in ["h3", ".excerpt"].iter().enumerate() {
            let place = middle(tab, &format!("inside('kabar-cards', {part:?})")).await;
            Mouse(tab).click(place, "middle").await;
            for _ in 0..100 {
                if tab.windows().await == count + 2 {
                    break;
                }
                tab.settle().await;
            }
            assert_eq!(tab.windows().await, count + 2, "{part}");
            tab.check("location.pathname.endsWith('/page.html')").await;
        }
        tab.close_other_windows().await;
        tab.console_is_empty().await;
    });
}

fn the_context_menu_is_the_links() {
    in_browser(async |tab| {
        open(tab, "").await;
        // What the menu is for; the menu itself would stay over the page.
        tab.run("window.menus = []; document.addEventListener('contextmenu', (event) => { event.preventDefault(); menus.push(event.composedPath()[0].localName); });")
            .await;
        for part in ["img", "h3", ".excerpt"] {
            let place = middle(tab, &format!("inside('kabar-cards', {part:?})")).await;
            Mouse(tab).click(place, "right").await;
        }
        tab.until("menus.length === 3").await;
        assert_eq!(tab.texts("menus").await, ["a", "a", "a"]);
        // And the text is above the link again.
        tab.until("root('kabar-cards').adoptedStyleSheets.length === 2").await;
        tab.console_is_empty().await;
    });
}

fn a_long_press_is_on_the_link() {
    in_browser(async |tab| {
        tab.size(360, 640, true).await;
        tab.open_with(PAGE, &[("body", "<kabar-cards loading=eager feed=/feed/good.json></kabar-cards>")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("matchMedia('(hover: none)').matches").await;
        for part in ["img", "h3", ".excerpt"] {
            let (x, y) = middle(tab, &format!("inside('kabar-cards', {part:?})")).await;
            tab.check(&format!("root('kabar-cards').elementFromPoint({x}, {y}).localName === 'a'")).await;
        }
        assert_eq!(tab.asked_where(|seen| seen.path.contains("kabar-habits-")), 0, "a phone fetches nothing for a mouse");
        tab.console_is_empty().await;
    });
}

fn an_excerpt_can_be_selected() {
    in_browser(async |tab| {
        open(tab, "").await;
        tab.run(STAY).await;
        let (x, y) = middle(tab, "inside('kabar-cards', '.excerpt')").await;
        let mouse = Mouse(tab);
        mouse.event("mouseMoved", (x - 60.0, y), "none").await;
        mouse.event("mousePressed", (x - 60.0, y), "left").await;
        for step in 1..=6 {
            mouse.event("mouseMoved", (x - 60.0 + 20.0 * f64::from(step), y), "left").await;
        }
        mouse.event("mouseReleased", (x + 60.0, y), "left").await;
        tab.until("getSelection().toString().trim().length > 3").await;
        tab.check("inside('kabar-cards', '.excerpt').textContent.includes(getSelection().toString().trim())").await;
        tab.check("!followed.some((what) => what.startsWith('a')) && events('kabar-card-click').length === 0").await;
        tab.console_is_empty().await;
    });
}

fn share_buttons_take_a_middle_click() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("body", "<kabar-share networks='email whatsapp' loading=eager url=https://koran.example/></kabar-share>")])
            .await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.run("window.menus = []; document.addEventListener('contextmenu', (event) => { event.preventDefault(); menus.push(event.composedPath().some((node) => node.href)); });")
            .await;
        let place = middle(tab, "inside('kabar-share', '[data-network=whatsapp]')").await;
        Mouse(tab).click(place, "right").await;
        tab.until("menus.length === 1 && menus[0]").await;
        Mouse(tab).click(place, "middle").await;
        for _ in 0..100 {
            if tab.windows().await == 2 {
                break;
            }
            tab.settle().await;
        }
        assert_eq!(tab.windows().await, 2);
        tab.close_other_windows().await;
        tab.console_is_empty().await;
    });
}

fn a_long_list_can_be_skipped() {
    in_browser(async |tab| {
        let body = "<a href=#x id=before>Sebelum</a><kabar-cards loading=eager feed=/feed/page-1.json limit=4 more=button></kabar-cards><a href=#y id=after>Sesudah</a>";
        tab.open_with(PAGE, &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("!inside('kabar-cards', '.skip')").await;
        tab.run("inside('kabar-cards', 'button.more').click();").await;
        tab.until("inside('kabar-cards', '.skip')?.textContent === 'Lewati daftar ini'").await;
        // Seen with the focus, and only then.
        let seen = "getComputedStyle(inside('kabar-cards', '.skip')).clipPath === 'none'";
        tab.check(&format!("!({seen})")).await;
        tab.run("one('#before').focus();").await;
        tab.press(Key::Tab).await;
        tab.check(&format!("focused().className === 'skip' && {seen}")).await;
        tab.press(Key::Enter).await;
        tab.check("focused().id === 'past'").await;
        tab.press(Key::Tab).await;
        assert_eq!(tab.text("`${focused().localName} ${focused().id} ${focused().className}`").await, "a after ");
        // The list goes on as if it were not there.
        tab.run("inside('kabar-cards', 'button.more').click();").await;
        tab.until("all('kabar-cards', 'article').length > 8").await;
        tab.check("all('kabar-cards', '.skip').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn a_short_list_has_nothing_to_skip() {
    in_browser(async |tab| {
        open(tab, "").await;
        tab.check("!inside('kabar-cards', '.skip')").await;
        assert_eq!(tab.asked_where(|seen| seen.path.contains("kabar-skip-")), 0);
        tab.console_is_empty().await;
    });
}

fn back_returns_to_the_cards_that_were_loaded() {
    in_browser(async |tab| {
        let body = "<div style='height: 900px'></div><kabar-cards loading=eager feed=/feed/page-1.json limit=3 more=button></kabar-cards>
            <script>addEventListener('pageshow', (event) => (window.restored = event.persisted));</script>";
        // A page of its own path, for what is not to be stored is not kept to come back to either.
        tab.open_with("/pages/life_cycle/page.html", &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.run("inside('kabar-cards', 'button.more').click();").await;
        tab.until("all('kabar-cards', 'article').length === 6").await;
        tab.run("all('kabar-cards', 'article')[5].scrollIntoView({ behavior: 'instant' });").await;
        tab.settle().await;
        let place = tab.js("[scrollY, all('kabar-cards', 'article').length]").await;
        tab.open("/pages/life_cycle/page.html?body=Lain").await;
        tab.back().await;
        tab.until("one('kabar-cards') !== null").await;
        tab.check("window.restored === true").await;
        assert_eq!(tab.js("[scrollY, all('kabar-cards', 'article').length]").await, place);
        tab.check("localStorage.length + sessionStorage.length === 0").await;
        tab.console_is_empty().await;
    });
}

fn scrolling_does_not_chatter() {
    in_browser(async |tab| {
        let body = "<kabar-cards loading=eager feed=/feed/page-1.json limit=2 more=scroll></kabar-cards><p>Kaki halaman</p>";
        tab.open_with(PAGE, &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.run(
            "window.said = []; new MutationObserver(() => said.push(inside('kabar-cards', '[role=status]').textContent))
            .observe(inside('kabar-cards', '[role=status]'), { childList: true, characterData: true, subtree: true });
            document.querySelector('p').scrollIntoView();",
        )
        .await;
        tab.until("all('kabar-cards', 'article').length >= 4 && events('kabar-more').length > 0").await;
        tab.settle().await;
        tab.check("said.every((text) => text === '')").await;
        tab.console_is_empty().await;
    });
}
