//! What an engine is not asked, each with its reason, for the runner to say.

use crate::harness::{
    Engine::{Firefox, Webkit},
    NotRun,
};

const NO_OFFLINE: &str = "only Chromium's driver takes a network away";
const NO_SHIFTS: &str = "only Chromium reports layout shifts to a page";

/// The cases that an engine cannot run, and why.
pub(crate) const NOT_RUN: &[NotRun] = &[
    (Firefox, "layout_shift::reading_the_demo_on_a_phone_shifts_nothing", NO_SHIFTS),
    (Firefox, "layout_shift::the_recorder_sees_a_shift", NO_SHIFTS),
    (Firefox, "prerender::nothing_moves_when_it_is_taken_over", NO_SHIFTS),
    (Webkit, "prerender::nothing_moves_when_it_is_taken_over", NO_SHIFTS),
    (Firefox, "network::offline_and_back_online", NO_OFFLINE),
    (Webkit, "network::offline_and_back_online", NO_OFFLINE),
    (Webkit, "layout_shift::reading_the_demo_on_a_phone_shifts_nothing", NO_SHIFTS),
    (Webkit, "layout_shift::the_recorder_sees_a_shift", NO_SHIFTS),
];
