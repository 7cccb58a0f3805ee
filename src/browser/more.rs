//! Further cards: those that the feed has already, then its next pages.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlElement};

use super::{binding::FeedRequest, buttons::Buttons};
use crate::{locale::Word, scan, view::View};

/// A page whose articles are all left out (by a tag, say) is followed by the
/// next one at once, but not for ever.
const PAGES_AT_ONCE: usize = 4;

/// On the button, until the cards are there.
const BUSY: &str = "aria-busy";

impl Buttons {
    /// Brings as many cards again. `before` is how many there are; `by_hand` is
    /// whether a reader pressed the button, and wants to go on from there; the
    /// runtime's own click, as the reader nears the button, does not bubble.
    pub(super) fn more(&self, before: usize, by_hand: bool, button: Element) {
        {
            let mut content = self.content.borrow_mut();
            if content.waits {
                return;
            }
            content.waits = true;
            content.grow();
        }
        // What the reader sees of a press, before a cheap phone is busy with the cards.
        let _ = button.set_attribute(BUSY, "true");
        self.later(0, move |this| this.bring(before, by_hand, button));
    }

    /// Brings them, and says so. In a task after that of the click.
    fn bring(&self, before: usize, by_hand: bool, button: Element) {
        let this = self.clone();
        spawn_local(async move {
            let came = this.fetch().await;
            let _ = button.remove_attribute(BUSY);
            this.content.borrow_mut().waits = false;
            // An element that has left the page in the meantime has nothing to show.
            if this.host.is_connected() {
                this.show_more(before, by_hand, came);
            }
        });
    }

    /// Asks for pages until there are enough cards; false where one did not come.
    async fn fetch(&self) -> bool {
        for _ in 0..PAGES_AT_ONCE {
            let next = {
                let content = self.content.borrow();
                content.pages.next().filter(|_| !content.is_full())
            };
            let Some((request, address)) = next else { return true };
            let answer = JsFuture::from(request.unchecked_ref::<FeedRequest>().more(&self.host, &address)).await;
            let added = answer.and_then(|request| self.content.borrow_mut().pages.add(address, request));
            if added.is_err() {
                return false;
            }
        }
        true
    }

    fn show_more(&self, before: usize, by_hand: bool, came: bool) {
        let mut content = self.content.borrow_mut();
        let Ok(View::Cards(mut cards)) = content.view() else { return };
        let added = cards.cards.len().saturating_sub(before);
        let text = match (added, came) {
            (0, false) => cards.locale[Word::MoreFailed].to_owned(),
            // Who scrolls has not asked for anything, and is not to be told at every turn.
            _ if added == 0 || !by_hand => String::new(),
            _ => scan::replaced(&cards.locale[Word::MoreAdded], "{}", &added.to_string()),
        };
        content.say(text.clone());
        drop(content);
        if let Some(more) = &mut cards.more {
            more.status = text;
        }
        self.show(View::Cards(cards));
        if by_hand && added > 0 {
            self.focus(before);
        }
        if added > 0 || came {
            #[expect(clippy::cast_possible_truncation, reason = "a list in a page is shorter than 4,294,967,296 cards")]
            self.tell("kabar-more", &[("count", &(added as u32).into())]);
        }
    }

    /// Goes on at the first new card, where the button was before.
    fn focus(&self, place: usize) {
        let card = self.root.query_selector_all(".card a[href]").ok().and_then(|links| {
            #[expect(clippy::cast_possible_truncation, reason = "a list in a page is shorter than 4,294,967,296 cards")]
            links.get(place as u32)
        });
        if let Some(card) = card {
            let _ = card.unchecked_ref::<HtmlElement>().focus();
        }
    }
}
