//! A `WordPress` site of the tests' own: its database, its pictures and its
//! servers live in the target folder and on loopback, and end with the test.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{dist_folder, tests};
use crate::{
    step::{capture, run},
    wordpress_plugin,
    workspace::{root, target},
};

/// `mariadb-server-core` and not `mariadb-server`, which starts a server of the
/// machine's own. `wordpress` wants some web server, and `php` some way to be
/// run by one: `micro-httpd` and `php-cgi` are the least that satisfies them.
pub(super) const PACKAGES: &[&str] = &[
    "wordpress",
    "wordpress-l10n",
    "wordpress-theme-twentytwentyone",
    "wordpress-theme-twentytwentythree",
    "mariadb-server-core",
    "micro-httpd",
    "php",
    "php-cgi",
    "php-cli",
    "php-gd",
    "php-mbstring",
    "php-mysql",
    "php-xml",
];

/// The sites, by name, the database of each, and the variable that tells the
/// tests its origin: tests/real/wordpress/kabar.php says what differs.
const SITES: [(&str, &str, &str); 6] = [
    ("rest", "kabar", "KABAR_WORDPRESS_REST"),
    ("plain", "kabar", "KABAR_WORDPRESS_PLAIN"),
    ("feed", "kabar", "KABAR_WORDPRESS_FEED"),
    ("plugin", "kabar_plugin", "KABAR_WORDPRESS_PLUGIN"),
    ("blocks", "kabar_plugin", "KABAR_WORDPRESS_BLOCKS"),
    ("admin", "kabar_admin", "KABAR_WORDPRESS_ADMIN"),
];

/// How long a server may take to start, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The longest path of a socket that Linux takes (`sun_path` in unix(7), less its end).
const SOCKET_PATH: usize = 107;

/// Starts what is needed, runs the tests, and stops it all.
pub(super) fn test() -> Result<()> {
    let folder = target("real");
    let site = folder.join("wordpress");
    fs::create_dir_all(&site).with_context(|| format!("{} could not be made", site.display()))?;
    let database = Database::start(&folder)?;
    let scripts = root().join("tests/real/wordpress");
    let php = || {
        let mut command = Command::new("php");
        command.env("KABAR_SOCKET", database.socket()).env("KABAR_SITE_ROOT", &site).env("KABAR_DIST", dist_folder());
        command
    };
    let start = Instant::now();
    run(php().arg(scripts.join("seed.php")))?;
    println!("      the site was made, or found, in {:.1} s", start.elapsed().as_secs_f64());

    let plugin = wordpress_plugin::build(&dist_folder())?;
    for database in ["kabar_plugin", "kabar_admin"] {
        run(php().env("KABAR_DATABASE", database).env("KABAR_SITE", "plugin").arg(scripts.join("plugin.php")).arg(&plugin))?;
    }

    let mut tests = tests("wordpress");
    tests.env("KABAR_WORDPRESS_ROOT", &site).env("KABAR_WORDPRESS_ARTICLES", site.join("articles.json"));
    let mut servers = Vec::new();
    for (name, database, variable) in SITES {
        let log = folder.join(format!("php-{name}.log"));
        let (server, origin) = serve(&log, |port| {
            let mut command = php();
            command.env("KABAR_SITE", name).env("KABAR_DATABASE", database).arg("-S").arg(format!("127.0.0.1:{port}"));
            command.arg("-t").arg(&site).arg(scripts.join("router.php"));
            command
        })?;
        tests.env(variable, origin);
        servers.push(server);
    }
    run(&mut tests).with_context(|| format!("the servers' logs are in {}", folder.display()))
}

/// PHP's own server on a port that was free a moment ago; if it is not any
/// more, on another one. Returns it with its origin.
fn serve(log: &Path, command: impl Fn(u16) -> Command) -> Result<(Server, String)> {
    for _ in 0..5 {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).context("127.0.0.1: no port is free")?.port();
        let origin = format!("http://127.0.0.1:{port}");
        let mut server = Server::start(&mut command(port), log)?;
        // It says so once it listens, and ends at once where it cannot.
        let started = format!("({origin}) started");
        if server.wait(|| fs::read_to_string(log).is_ok_and(|text| text.contains(&started)))? {
            return Ok((server, origin));
        }
    }
    bail!("php does not start: its log is {}", log.display())
}

/// A database server with a folder of its own, reached by a socket in it and by nothing else.
struct Database {
    folder: PathBuf,
    // Held for its end.
    _server: Server,
}

impl Database {
    fn start(target: &Path) -> Result<Self> {
        let folder = target.join("mariadb");
        if folder.join("mariadb.sock").as_os_str().len() > SOCKET_PATH {
            bail!("{} is too long for a socket's path: set CARGO_TARGET_DIR to a shorter one", folder.display());
        }
        if !folder.join("kabar-ready").exists() {
            create(&folder)?;
        }
        let mut command = Command::new("/usr/sbin/mariadbd");
        // Where Debian has it, which is on the PATH of root only. No file of the machine's own settings, and no wait for the disk: the seed can be sown again.
        command.args(["--no-defaults", "--skip-networking", "--socket=mariadb.sock", "--pid-file=mariadb.pid"]);
        command.args(["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M"]);
        command.arg(setting("--datadir", &folder)).arg(format!("--user={}", user()?));
        let log = target.join("mariadb.log");
        let mut server = Server::start(&mut command, &log)?;
        server.end = Some(administer(&folder, "shutdown"));
        if !server.wait(|| capture(&mut administer(&folder, "ping")).is_ok())? {
            bail!("mariadbd does not start: its log is {}", log.display());
        }
        Ok(Self { folder, _server: server })
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("mariadb.sock")
    }
}

/// An empty database that only this user can reach: the folder is closed to others.
fn create(folder: &Path) -> Result<()> {
    if folder.exists() {
        // What an interrupted run left.
        fs::remove_dir_all(folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    run(Command::new("mkdir").arg("--mode=700").arg(folder))?;
    let mut command = Command::new("mariadb-install-db");
    command.args(["--no-defaults", "--skip-test-db", "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M"]);
    // It has much to say, and says it to standard output, when all is well.
    capture(command.arg(setting("--datadir", folder)).arg(format!("--user={}", user()?)))?;
    fs::write(folder.join("kabar-ready"), "").with_context(|| format!("{} could not be written to", folder.display()))
}

fn administer(folder: &Path, what: &str) -> Command {
    let mut command = Command::new("mariadb-admin");
    command.args(["--no-defaults", "--user=root"]).arg(setting("--socket", &folder.join("mariadb.sock"))).arg(what);
    command
}

fn setting(name: &str, path: &Path) -> String {
    format!("{name}={}", path.display())
}

fn user() -> Result<String> {
    Ok(capture(Command::new("id").arg("-un"))?.trim().to_owned())
}

/// A process that ends with this one, however that ends.
struct Server {
    process: Child,
    /// Asks it to stop; without this it is killed.
    end: Option<Command>,
}

impl Server {
    fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let output = File::create(log).with_context(|| format!("{} could not be written", log.display()))?;
        let errors = output.try_clone().with_context(|| format!("{} could not be written", log.display()))?;
        // The kernel itself stops it should xtask be killed, which `Drop` would not notice.
        let mut wrapped = Command::new("setpriv");
        wrapped.args(["--pdeathsig", "TERM", "--"]).arg(command.get_program()).args(command.get_args());
        wrapped.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        wrapped.stdin(Stdio::null()).stdout(output).stderr(errors);
        let process = wrapped.spawn().context("`setpriv` could not be started: it is part of Debian's util-linux")?;
        Ok(Self { process, end: None })
    }

    /// Waits until it is ready; false where it ended instead, or took too long.
    fn wait(&mut self, ready: impl Fn() -> bool) -> Result<bool> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if ready() {
                return Ok(true);
            }
            if self.process.try_wait().context("a server's state could not be read")?.is_some() {
                return Ok(false);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(false)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself: then none of this matters.
        let asked = self.end.as_mut().is_some_and(|end| capture(end).is_ok());
        if !asked {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}
