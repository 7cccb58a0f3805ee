//! The command line.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use url::Url;

use super::{
    Result,
    feeds::Site,
    files::{self, Work},
    pages,
    style::{self, Style},
    widget::Wanted,
};
use crate::config::{ATTRIBUTES, Allowed, Attribute, Element};

const ABOUT: &str = "Writes what Kabar shows as HTML, for readers and crawlers who see the page before any script runs";

const AFTER: &str = "\
kabar prerender --page public --in-place --base https://news.example/ --files public
    fills the elements of all pages that a site generator wrote, with the feed that it wrote
kabar prerender cards --feed feed.json --base https://news.example/ --limit 3 --lang en
    writes one element, for a template to put into its place";

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = command().get_matches_from(arguments);
    let Some(("prerender", matches)) = matches.subcommand() else { return ExitCode::FAILURE };
    match prerender(matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failures) => {
            for failure in failures {
                eprintln!("kabar: {failure}");
            }
            ExitCode::FAILURE
        }
    }
}

fn prerender(matches: &ArgMatches) -> std::result::Result<(), Vec<String>> {
    if matches.get_flag("style-hash") {
        println!("{}", style::hashes());
        return Ok(());
    }
    let one = |failure: String| vec![failure];
    if let Some((name, inner)) = matches.subcommand() {
        if matches.contains_id("page") {
            return Err(one("the attributes of a --page are those of its elements: name one or the other".to_owned()));
        }
        return element(name, inner).map_err(one);
    }
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    let Some(from) = path("page") else { return Err(one("name an element (cards, share, next) or a --page".to_owned())) };
    let to = if matches.get_flag("in-place") { Some(from.clone()) } else { path("out") };
    if from.is_dir() && to.is_none() {
        return Err(one(format!("{}: a folder of pages needs --in-place or --out", from.display())));
    }
    let work = Work { site: site(matches).map_err(one)?, style: chosen_style(matches), from, to };
    if matches.get_flag("watch") { work.watch().map_err(one) } else { work.once() }
}

fn element(name: &str, matches: &ArgMatches) -> Result<()> {
    let named = Element::ALL.into_iter().find(|element| short(*element) == name);
    let element = named.ok_or("name an element: cards, share or next")?;
    let attributes = rows(element).filter_map(|row| {
        let value = matches.get_one::<String>(row.name)?;
        Some((row.name.to_owned(), value.clone()))
    });
    let wanted = Wanted { element, attributes: attributes.collect(), lang: String::new() };
    let filled = pages::element(&wanted, &site(matches)?, &chosen_style(matches)).map_err(super::at(name))?;
    for warning in filled.warnings {
        eprintln!("kabar: {warning}");
    }
    files::print(&filled.html)
}

fn site(matches: &ArgMatches) -> Result<Site> {
    let base = matches.get_one::<Url>("base").cloned();
    let files = matches.get_one::<PathBuf>("files").cloned();
    if files.is_some() && base.is_none() {
        return Err("--files needs --base: the address at which the site serves them".to_owned());
    }
    Ok(Site::new(base, files))
}

fn chosen_style(matches: &ArgMatches) -> Style {
    matches.get_one::<Style>("style").cloned().unwrap_or(Style::Inline)
}

fn short(element: Element) -> &'static str {
    element.name().trim_start_matches("kabar-")
}

fn rows(element: Element) -> impl Iterator<Item = &'static Attribute> {
    ATTRIBUTES.iter().filter(move |row| row.on.contains(&element))
}

fn command() -> Command {
    let file = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_parser(value_parser!(PathBuf)).help(help);
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let prerender = Command::new("prerender")
        .about(ABOUT)
        .after_help(AFTER)
        .arg(file("page", "A page, or a folder of them, whose elements are filled").value_name("FILE|FOLDER"))
        .arg(file("out", "Where it is written; a page without it goes to the standard output").value_name("FILE|FOLDER"))
        .arg(flag("in-place", "Write over the page; it is untouched if anything fails").conflicts_with("out"))
        .arg(flag("watch", "Go on, and fill what changes: pages, and feeds that are files").requires("page"))
        .arg(flag("style-hash", "Print the sources that a policy's style-src needs for the style, one for each look (default, dense, magazine, minimal), and nothing else"))
        .arg(
            Arg::new("base")
                .long("base")
                .global(true)
                .value_name("URL")
                .value_parser(web_address)
                .help("The address of the page, or of the site with --files or a folder of pages"),
        )
        .arg(
            file("files", "The folder with what the site serves at --base: its feed is read there, and not fetched")
                .global(true)
                .value_name("FOLDER"),
        )
        .arg(
            Arg::new("style")
                .long("style")
                .global(true)
                .value_name("inline|link=URL")
                .value_parser(Style::read)
                .help("The style as an element, or as a link to the kabar.css at this address [default: inline]"),
        )
        .subcommands(Element::ALL.map(|element| {
            Command::new(short(element))
                .about(format!("Writes one <{}>; the options are its attributes", element.name()))
                .args(rows(element).map(option))
        }));
    Command::new("kabar")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Article cards, share buttons and a next-post teaser")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(prerender)
}

/// The option for an attribute.
fn option(row: &'static Attribute) -> Arg {
    let option = Arg::new(row.name).long(row.name).help(row.doc);
    match row.allowed {
        // A bare attribute is true.
        Allowed::Word(words) if words.contains(&"true") => option.num_args(0..=1).default_missing_value("true").value_name("true|false"),
        Allowed::Word(words) => option.value_parser(PossibleValuesParser::new(words)).ignore_case(true).value_name("WORD"),
        Allowed::Words(_) => option.value_name("WORDS"),
        Allowed::Number(..) => option.value_name("NUMBER"),
        Allowed::Text => option.value_name("TEXT"),
    }
}

fn web_address(text: &str) -> std::result::Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or_else(|| "use an address that begins with https:// or http://".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
