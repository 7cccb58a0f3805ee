//! The pages of a folder, and how they are written.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use url::Url;

use super::{Result, at, feeds::Site, pages, style::Style};

/// How often a folder is looked at.
const PAUSE: Duration = Duration::from_secs(1);

/// What is to be done with which pages.
pub(super) struct Work {
    pub(super) site: Site,
    pub(super) style: Style,
    /// A page, or a folder of pages.
    pub(super) from: PathBuf,
    /// Where they go; the same place where they are filled where they are.
    /// Nowhere for a page that goes to the standard output.
    pub(super) to: Option<PathBuf>,
}

impl Work {
    /// Fills all pages once. Every page that can be filled is, whatever is wrong
    /// with another; the failures are what is returned.
    pub(super) fn once(&self) -> std::result::Result<(), Vec<String>> {
        let pages = self.pages().map_err(|failure| vec![failure])?;
        let failures: Vec<_> = pages.iter().filter_map(|page| self.page(page).err()).collect();
        if failures.is_empty() { Ok(()) } else { Err(failures) }
    }

    /// Fills all pages, and from then on those that change; all again where a
    /// feed's file changes. Says what fails, and goes on.
    pub(super) fn watch(&self) -> Result<()> {
        let mut seen = BTreeMap::new();
        let mut feeds: Vec<(PathBuf, Option<Stamp>)> = Vec::new();
        loop {
            let pages = self.pages()?;
            let again = feeds.iter().any(|(file, before)| stamp(file) != *before);
            let changed: Vec<_> = pages.into_iter().filter(|page| again || seen.get(page) != Some(&stamp(page))).collect();
            for page in changed {
                match self.page(&page) {
                    Ok(elements) => println!("{}: {elements} elements", page.display()),
                    Err(failure) => eprintln!("kabar: {failure}"),
                }
                // Only now: a page that is filled where it is has changed.
                seen.insert(page.clone(), stamp(&page));
            }
            let used = self.site.forget();
            if again {
                feeds.clear();
            }
            for file in used {
                let now = stamp(&file);
                feeds.retain(|(known, _)| *known != file);
                feeds.push((file, now));
            }
            thread::sleep(PAUSE);
        }
    }

    /// The pages, in the order of their names.
    fn pages(&self) -> Result<Vec<PathBuf>> {
        let mut pages = Vec::new();
        if self.from.is_dir() {
            gather(&self.from, &mut pages).map_err(|error| format!("{}: the folder cannot be read: {error}", self.from.display()))?;
            pages.sort();
        } else {
            pages.push(self.from.clone());
        }
        Ok(pages)
    }

    /// Fills one page, and says how many elements it has.
    fn page(&self, page: &Path) -> Result<usize> {
        self.fill(page).map_err(at(page.display()))
    }

    fn fill(&self, page: &Path) -> Result<usize> {
        let bytes = fs::read(page).map_err(|error| format!("the page cannot be read: {error}"))?;
        let html = String::from_utf8(bytes).map_err(|_| "the page is not in UTF-8".to_owned())?;
        let folder = page.parent().unwrap_or(Path::new(""));
        let filled = pages::page(&html, &self.site, self.location(page), folder, &self.style)?;
        for warning in filled.warnings {
            eprintln!("kabar: {}: {warning}", page.display());
        }
        match &self.to {
            None => print(&filled.html)?,
            Some(to) => {
                let target = page.strip_prefix(&self.from).ok().filter(|rest| !rest.as_os_str().is_empty());
                let target = target.map_or_else(|| to.clone(), |rest| to.join(rest));
                if target != page || filled.html != html {
                    write(&target, &filled.html).map_err(|error| format!("{} cannot be written: {error}", target.display()))?;
                }
            }
        }
        Ok(filled.elements)
    }

    /// The address of a page: that of its place in the folder that the site
    /// serves, or in the folder of pages; else the one that was named.
    fn location(&self, page: &Path) -> Option<Url> {
        let base = self.site.base.as_ref()?;
        // However the paths are written: `public` and `./public` are one folder.
        let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let page = whole(page);
        let roots = [self.site.files.as_deref(), Some(self.from.as_path()).filter(|from| from.is_dir())];
        let path = roots.into_iter().flatten().find_map(|root| page.strip_prefix(whole(root)).ok());
        let Some(path) = path else { return Some(base.clone()) };
        let mut url = base.join(".").ok()?;
        let mut names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        // A server shows this file at the folder's own address.
        if names.last().is_some_and(|name| name == "index.html") {
            names.pop();
            names.push("".into());
        }
        url.path_segments_mut().ok()?.pop_if_empty().extend(names);
        Some(url)
    }
}

/// Writes to the standard output.
pub(super) fn print(text: &str) -> Result<()> {
    io::stdout().write_all(text.as_bytes()).map_err(|error| format!("the standard output cannot be written: {error}"))
}

fn gather(folder: &Path, pages: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "html" || extension == "htm") {
            pages.push(path);
        }
    }
    Ok(())
}

type Stamp = (Option<SystemTime>, u64);

/// What changes when a file does; nothing where there is none.
fn stamp(file: &Path) -> Option<Stamp> {
    fs::metadata(file).ok().map(|about| (about.modified().ok(), about.len()))
}

/// Writes beside the file first, then puts it in its place: no reader gets half a page.
fn write(target: &Path, text: &str) -> io::Result<()> {
    // A link stays one.
    let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
    let folder = target.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&beside, text).and_then(|()| {
        if let Ok(about) = fs::metadata(&target) {
            fs::set_permissions(&beside, about.permissions())?;
        }
        fs::rename(&beside, &target)
    });
    if written.is_err() {
        // The failure that counts is the one before.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_is_that_of_its_file() {
        let location = |base: &str, files: Option<&str>, page: &str| {
            let site = Site::new(Url::parse(base).ok(), files.map(PathBuf::from));
            let work = Work { site, style: Style::Inline, from: page.into(), to: None };
            work.location(Path::new(page)).map(String::from)
        };
        let address = |text: &str| Some(text.to_owned());
        assert_eq!(location("https://a.example/", Some("public"), "public/b/index.html"), address("https://a.example/b/"));
        assert_eq!(location("https://a.example/x/", Some("public"), "public/b c.html"), address("https://a.example/x/b%20c.html"));
        assert_eq!(location("https://a.example/x/", Some("public"), "public/index.html"), address("https://a.example/x/"));
        assert_eq!(location("https://a.example/x/y", None, "b.html"), address("https://a.example/x/y"));
        assert_eq!(location("", None, "b.html"), None);
    }
}
