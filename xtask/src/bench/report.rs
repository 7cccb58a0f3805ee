//! One table of what was measured, ratios and reach; printed, and kept in the documents.

use std::fs;

use anyhow::{Context, Result};

use super::{measure::Samples, variants::PRERENDERED};
use crate::workspace::root;

/// Where the last table is to be read.
const DOCUMENTS: [&str; 2] = ["README.md", "docs/performance.md"];

/// Between these lines a document holds it.
const MARKS: (&str, &str) = ("<!-- results: written by `cargo xtask bench` -->\n", "<!-- end of results -->");

/// The columns: whose widget, and the ending of the variant's name that is meant.
const COLUMNS: [(&str, &str); 5] =
    [("Kabar", "kabar"), ("hand-written", "hand-written"), ("Preact", "preact"), ("Lit", "lit"), ("shareon", "shareon")];

/// Where a row must go.
enum Reach {
    /// At most so many times a peer's figure.
    Times(&'static str, f64),
    /// At most a peer's figure and so much more.
    Above(&'static str, f64),
    /// At most so many times a peer's figure, or so much more than another quantity, whichever is larger.
    TimesOr(&'static str, f64, &'static str, f64),
    /// At most this.
    Most(f64),
    /// Shown for comparison.
    None,
}

#[derive(Clone, Copy)]
enum Unit {
    Milliseconds,
    Megabytes,
    Bytes,
    Shift,
}

struct Row {
    what: &'static str,
    quantity: &'static str,
    /// Which of Kabar's variants, where not `kabar`, and the others' ending.
    kabar: &'static str,
    ending: &'static str,
    unit: Unit,
    reach: Reach,
}

const fn row(what: &'static str, quantity: &'static str, unit: Unit, reach: Reach) -> Row {
    Row { what, quantity, kabar: "kabar", ending: "", unit, reach }
}

use Reach::{Above, Most, Times, TimesOr};
use Unit::{Bytes, Megabytes, Milliseconds, Shift};

/// The reach is that of the project's plan; a row that misses it is shown all the same.
const ROWS: [Row; 23] = [
    row("bytes before the first card, brotli 11", "bytes", Bytes, Most(40_000.0)),
    row("first card, cold, script tag only", "cold card", Milliseconds, Times("lit", 1.2)),
    Row { kabar: "kabar-hinted", ..row("first card, cold, two hints in Kabar's head", "cold card", Milliseconds, Times("lit", 1.0)) },
    Row {
        kabar: PRERENDERED,
        ..row("first card, cold, page filled by `kabar prerender`", "cold card", Milliseconds, Times("hand-written", 0.5))
    },
    row("first card, fourth visit, script tag only", "warm card", Milliseconds, Times("hand-written", 0.95)),
    row("first contentful paint of the page, cold", "cold paint", Milliseconds, Reach::None),
    row("main thread blocked before the first card, cold", "cold blocking", Milliseconds, Above("hand-written", 0.0)),
    row("longest task before the first card, cold", "cold longest", Milliseconds, Reach::None),
    row("1,000 cards, to layout", "all 1000", Milliseconds, Times("preact", 0.2)),
    Row {
        ending: "-plain",
        ..row("1,000 cards, beside peers without `content-visibility`", "all 1000", Milliseconds, Times("preact", 0.2))
    },
    row("10,000 cards, to layout", "all 10000", Milliseconds, Times("preact", 0.2)),
    row("10,000 items, `limit=\"10\"`, to the first card", "first of 10000", Milliseconds, TimesOr("preact", 0.2, "parse 10000", 20.0)),
    row("`JSON.parse` of those 10,000 items", "parse 10000", Milliseconds, Reach::None),
    row("1,000 cards appended to 1,000, to layout", "append 1000", Milliseconds, Times("preact", 0.25)),
    Row {
        ending: "-plain",
        ..row("1,000 cards appended, beside peers without `content-visibility`", "append 1000", Milliseconds, Times("preact", 0.25))
    },
    row("1,000 cards re-sorted, to layout", "sort 1000", Milliseconds, Times("preact", 0.25)),
    Row {
        ending: "-plain",
        ..row("1,000 cards re-sorted, beside peers without `content-visibility`", "sort 1000", Milliseconds, Times("preact", 0.25))
    },
    row("memory at rest with 10 cards, over an empty page", "memory over", Megabytes, Most(2.2)),
    row("click on “copy link”, to the next paint", "click copy", Milliseconds, Most(100.0)),
    row("click on “more”, to the next paint", "click more", Milliseconds, Most(100.0)),
    row("layout shift, cold", "cold shift", Shift, Most(0.0)),
    Row { kabar: "kabar-bar", ending: "-bar", ..row("share bar alone: bytes, brotli 11", "bytes", Bytes, Reach::None) },
    Row { kabar: "kabar-bar", ending: "-bar", ..row("share bar alone: to links that work, cold", "bar link", Milliseconds, Reach::None) },
];

/// The table, in Markdown.
pub(super) fn table(samples: &Samples) -> String {
    let mut lines = vec![format!("| | {} | ratio | reach |", COLUMNS.map(|(title, _)| title).join(" | "))];
    lines.push(format!("| --- |{}", " ---: |".repeat(COLUMNS.len()) + " --- | --- |"));
    for row in ROWS {
        let cells: Vec<String> =
            COLUMNS.iter().map(|(_, name)| cell(&samples.sorted(row.quantity, &row.variant(name)), row.unit)).collect();
        // What was left out of a quick run has no row.
        if cells.iter().any(|cell| !cell.is_empty()) {
            let (ratio, reach) = row.judge(samples);
            lines.push(format!("| {} | {} | {ratio} | {reach} |", row.what, cells.join(" | ")));
        }
    }
    lines.join("\n") + "\n"
}

impl Row {
    fn variant(&self, name: &str) -> String {
        if name == "kabar" { self.kabar.to_owned() } else { format!("{name}{}", self.ending) }
    }

    fn median(&self, samples: &Samples, name: &str) -> f64 {
        median(&samples.sorted(self.quantity, &self.variant(name))) / self.unit.scale()
    }

    /// How Kabar's figure compares, and with what it has to.
    fn judge(&self, samples: &Samples) -> (String, String) {
        let own = self.median(samples, "kabar");
        let other = |name| self.median(samples, name);
        let title = |name: &str| COLUMNS.iter().find(|(_, column)| *column == name).map_or("", |(title, _)| *title);
        let unit = self.unit.name();
        match self.reach {
            Times(name, most) => {
                let ratio = own / other(name);
                (format!("{ratio:.2} × {}", title(name)), verdict(ratio <= most, &format!("{most:.2} × {}", title(name))))
            }
            Above(name, most) => {
                let above = own - other(name);
                (format!("{above:+.0}{unit} over {}", title(name)), verdict(above <= most, &format!("{most:+.0}{unit}")))
            }
            TimesOr(name, times, quantity, more) => {
                let ratio = own / other(name);
                let floor = median(&samples.sorted(quantity, "kabar")) + more;
                let most = floor.max(times * other(name));
                (format!("{ratio:.2} × {}", title(name)), verdict(own <= most, &format!("{most:.0}{unit}")))
            }
            Most(most) => (String::new(), verdict(own <= most, &format!("{}{unit}", self.unit.write(most)))),
            Reach::None => (String::new(), String::new()),
        }
    }
}

fn verdict(reached: bool, reach: &str) -> String {
    format!("{} {reach}", if reached { "reached:" } else { "missed:" })
}

impl Unit {
    /// How many of what is measured make one of it.
    fn scale(self) -> f64 {
        if matches!(self, Megabytes) { 1e6 } else { 1.0 }
    }

    fn name(self) -> &'static str {
        match self {
            Milliseconds => " ms",
            Megabytes => " MB",
            Bytes | Shift => "",
        }
    }

    fn write(self, value: f64) -> String {
        match self {
            Milliseconds | Bytes => format!("{value:.0}"),
            Megabytes => format!("{value:.2}"),
            Shift => format!("{value:.3}"),
        }
    }
}

/// The median, and the range where there is one.
fn cell(values: &[f64], unit: Unit) -> String {
    let (Some(least), Some(most)) = (values.first(), values.last()) else {
        return String::new();
    };
    let [middle, least, most] = [median(values), *least, *most].map(|value| unit.write(value / unit.scale()));
    let range = if least == most { String::new() } else { format!(" ({least} to {most})") };
    format!("{middle}{}{range}", unit.name())
}

/// The middle one of sorted values.
pub(super) fn median(values: &[f64]) -> f64 {
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => values[length / 2],
        length => f64::midpoint(values[length / 2 - 1], values[length / 2]),
    }
}

/// Puts a text in the place of the last results, in each document.
pub(super) fn write(text: &str) -> Result<()> {
    for name in DOCUMENTS {
        let path = root().join(name);
        let document = fs::read_to_string(&path).with_context(|| format!("{name} could not be read"))?;
        let new = replaced(&document, text).with_context(|| format!("{name}: no `{}` and `{}`", MARKS.0.trim(), MARKS.1))?;
        fs::write(&path, new).with_context(|| format!("{name} could not be written"))?;
        println!("written into {name}");
    }
    Ok(())
}

fn replaced(document: &str, text: &str) -> Option<String> {
    let (before, rest) = document.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some([before, MARKS.0, "\n", text, "\n", MARKS.1, after].concat())
}

#[cfg(test)]
mod tests {
    use super::{MARKS, Samples, Unit, cell, median, replaced, table};

    #[test]
    #[expect(clippy::float_cmp, reason = "these values have no error")]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
    }

    #[test]
    fn a_cell_has_its_range() {
        assert_eq!(cell(&[610.2, 614.0, 702.8], Unit::Milliseconds), "614 ms (610 to 703)");
        assert_eq!(cell(&[66_097.0], Unit::Bytes), "66097");
        assert_eq!(cell(&[], Unit::Bytes), "");
    }

    #[test]
    fn a_ratio_is_of_medians_and_is_judged() {
        let mut samples = Samples::default();
        samples.set("cold card", "kabar", 900.0);
        samples.set("cold card", "kabar-hinted", 600.0);
        samples.set("cold card", "lit", 600.0);
        let table = table(&samples);
        assert!(table.contains("| 900 ms |  |  | 600 ms |  | 1.50 × Lit | missed: 1.20 × Lit |"), "{table}");
        assert!(table.contains("| 600 ms |  |  | 600 ms |  | 1.00 × Lit | reached: 1.00 × Lit |"), "{table}");
    }

    #[test]
    fn only_the_results_are_replaced() {
        let document = format!("before\n{}old{}\nafter", MARKS.0, MARKS.1);
        assert_eq!(replaced(&document, "new").unwrap(), format!("before\n{}\nnew\n{}\nafter", MARKS.0, MARKS.1));
        assert_eq!(replaced("nothing", "new"), None);
    }
}
