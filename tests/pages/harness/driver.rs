//! The driver process of one browser, and what it needs around it: a folder
//! for all that it writes, and for WebKitGTK a display.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

use super::engine::Engine;

/// A driver on a free port. Dropped, it is stopped, and its folder is gone.
pub(crate) struct Driver {
    /// The display's before the driver's, which needs it.
    processes: Vec<Child>,
    folder: PathBuf,
    port: u16,
}

impl Driver {
    /// Starts the engine's driver.
    pub(crate) fn start(engine: Engine) -> Self {
        // Another program may take the port first, or a display's number; the
        // next try gets others.
        (0..5).find_map(|_| Self::try_start(engine)).unwrap_or_else(|| panic!("{}'s driver listens on no port", engine.name()))
    }

    fn try_start(engine: Engine) -> Option<Self> {
        // From here on, dropping it stops what was started.
        let mut driver = Self { processes: Vec::new(), folder: folder(), port: free_port() };
        let home = &driver.folder;
        let config = home.join(".config");
        fs::create_dir_all(config.join("gtk-3.0")).unwrap();
        let display = if engine == Engine::Webkit {
            fs::write(config.join("gtk-3.0/settings.ini"), include_str!("gtk/settings.ini")).unwrap();
            fs::write(config.join("gtk-3.0/gtk.css"), include_str!("gtk/gtk.css")).unwrap();
            let (process, display) = display()?;
            driver.processes.push(process);
            Some(display)
        } else {
            None
        };
        let mut command = engine.driver(driver.port, home);
        command.env("HOME", home).env("TMPDIR", home).env("XDG_CONFIG_HOME", config).env("XDG_CACHE_HOME", home.join(".cache"));
        command.envs(display.map(|display| ("DISPLAY", display)));
        driver.processes.push(spawn(command.stdout(Stdio::null())));
        driver.listens().then_some(driver)
    }

    /// Waits until the driver answers; false where it has given up.
    fn listens(&mut self) -> bool {
        let process = self.processes.last_mut().unwrap();
        for _ in 0..1000 {
            if process.try_wait().unwrap().is_some() {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            // It is gone already only where it crashed, and then the test has said so.
            let _ = process.kill();
            let _ = process.wait();
        }
        // A process of the browser's that is on its way out may still write something.
        for _ in 0..50 {
            if fs::remove_dir_all(&self.folder).is_ok() || !self.folder.exists() {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A folder of its own for each browser. Not below `target/`: Chromium puts a
/// socket into it, whose path the system limits to about a hundred bytes.
fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    env::temp_dir().join(format!("kabar-pages-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed)))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A display that nobody sees, and its name. Each browser has one of its own,
/// for what is copied is the display's.
fn display() -> Option<(Child, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut process = spawn(command.stdout(Stdio::piped()));
    let mut number = String::new();
    let read = BufReader::new(process.stdout.take().unwrap()).read_line(&mut number);
    if read.is_ok() && !number.trim().is_empty() {
        return Some((process, format!(":{}", number.trim())));
    }
    let _ = process.kill();
    let _ = process.wait();
    None
}

fn spawn(command: &mut Command) -> Child {
    let program = Path::new(command.get_program()).display().to_string();
    command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} does not start ({error}): `cargo xtask test` installs it"))
}
