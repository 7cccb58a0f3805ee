//! What an engine is not asked, each with its reason, for the runner to say.

use crate::harness::{
    Engine::{Firefox, Webkit},
    NotRun,
};

const NO_OFFLINE: &str = "only Chromium's driver takes a network away";
const NO_SHIFTS: &str = "only Chromium reports layout shifts to a page";

const NO_EMULATION: &str = "only Chromium's driver can force colours, contrast, paper and zoom, and hide scroll bars";

const NO_MOUSE: &str = "only Chromium's driver moves a mouse button by button";

const HAS_MOUSE: &str = "WebKitGTK says that its window has a mouse";

const DARK_CANVAS: &str = "axe takes the dark canvas of a page without a background for white";

const CONTROL: &str = "the payloads take the page that is not careful elsewhere; that they run is shown in Chromium";

const TOO_SLOW: &str = "a page of 2,000 cards takes WebKitGTK's driver longer than its limit of 30 s on two cores";

const WHOLE_BODY: &str = "WebKitGTK's network process can take the whole body before the page has let go of it";

const NO_HTTP_CACHE: &str = "WebKitGTK's driver starts a session that asks for a feed again without its validators";

const NO_RETURN: &str = "WebKitGTK's driver did not answer in time for a page that came back from the back/forward cache";

const NO_PROTOTYPE: &str = "Firefox gives an element that has been in another document the prototype of one without a definition";

/// The cases that an engine cannot run, and why.
pub(crate) const NOT_RUN: &[NotRun] = &[
    (Firefox, "layout_shift::reading_the_demo_on_a_phone_shifts_nothing", NO_SHIFTS),
    (Firefox, "layout_shift::the_recorder_sees_a_shift", NO_SHIFTS),
    (Firefox, "prerender::nothing_moves_when_it_is_taken_over", NO_SHIFTS),
    (Webkit, "prerender::nothing_moves_when_it_is_taken_over", NO_SHIFTS),
    (Firefox, "odd_places::adopted_into_another_document", NO_PROTOTYPE),
    (Firefox, "network::offline_and_back_online", NO_OFFLINE),
    (Webkit, "network::offline_and_back_online", NO_OFFLINE),
    (Webkit, "layout_shift::reading_the_demo_on_a_phone_shifts_nothing", NO_SHIFTS),
    (Webkit, "layout_shift::the_recorder_sees_a_shift", NO_SHIFTS),
    (Firefox, "style_bleed::sheets_of_the_page_change_nothing_inside", NO_EMULATION),
    (Firefox, "style_bleed::nothing_outside_changes", NO_EMULATION),
    (Firefox, "style_bleed::forced_colours_leave_all_to_be_read", NO_EMULATION),
    (Firefox, "style_bleed::zoomed_to_400_percent_it_reads_like_a_phone", NO_EMULATION),
    (Webkit, "style_bleed::sheets_of_the_page_change_nothing_inside", NO_EMULATION),
    (Webkit, "style_bleed::nothing_outside_changes", NO_EMULATION),
    (Webkit, "style_bleed::forced_colours_leave_all_to_be_read", NO_EMULATION),
    (Webkit, "style_bleed::zoomed_to_400_percent_it_reads_like_a_phone", NO_EMULATION),
    (Firefox, "payloads::the_payloads_run_in_a_page_that_is_not_careful", CONTROL),
    (Firefox, "payloads::the_addresses_run_in_a_page_that_is_not_careful", CONTROL),
    (Webkit, "payloads::the_payloads_run_in_a_page_that_is_not_careful", CONTROL),
    (Webkit, "payloads::the_addresses_run_in_a_page_that_is_not_careful", CONTROL),
    (Webkit, "payloads::payloads_in_feeds_of_json_run_nothing", TOO_SLOW),
    (Webkit, "payloads::payloads_in_feeds_of_xml_run_nothing", TOO_SLOW),
    (Webkit, "payloads::payloads_in_attributes_run_nothing", TOO_SLOW),
    (Webkit, "network::fifty_megabytes", WHOLE_BODY),
    (Webkit, "kept::the_browsers_own_validators_are_used_without_a_preflight", NO_HTTP_CACHE),
    (Webkit, "life_cycle::away_and_back", NO_RETURN),
    (Webkit, "habits::back_returns_to_the_cards_that_were_loaded", NO_RETURN),
    (Firefox, "habits::a_click_anywhere_on_a_card_follows_its_one_link", NO_MOUSE),
    (Firefox, "habits::the_context_menu_is_the_links", NO_MOUSE),
    (Firefox, "habits::a_middle_click_anywhere_on_a_card_opens_a_tab", NO_MOUSE),
    (Firefox, "habits::an_excerpt_can_be_selected", NO_MOUSE),
    (Firefox, "habits::share_buttons_take_a_middle_click", NO_MOUSE),
    (Firefox, "looks::on_paper_the_cards_are_a_list_with_addresses", NO_EMULATION),
    (Firefox, "looks::more_contrast_is_given", NO_EMULATION),
    (Webkit, "habits::a_click_anywhere_on_a_card_follows_its_one_link", NO_MOUSE),
    (Webkit, "habits::the_context_menu_is_the_links", NO_MOUSE),
    (Webkit, "habits::a_middle_click_anywhere_on_a_card_opens_a_tab", NO_MOUSE),
    (Webkit, "habits::an_excerpt_can_be_selected", NO_MOUSE),
    (Webkit, "habits::share_buttons_take_a_middle_click", NO_MOUSE),
    (Webkit, "looks::on_paper_the_cards_are_a_list_with_addresses", NO_EMULATION),
    (Webkit, "looks::more_contrast_is_given", NO_EMULATION),
    (Firefox, "looks::no_violation_in_any_look_dark", DARK_CANVAS),
    (Webkit, "habits::a_long_press_is_on_the_link", HAS_MOUSE),
];
