//! The chromedriver process of one test, and the HTTP client that talks to it.

use std::{
    env,
    future::Future,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    pin::Pin,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use axum::{
    body::Bytes,
    http::{Request, Response},
};
use thirtyfour::{
    error::{WebDriverError, WebDriverResult},
    session::http::{Body, HttpClient},
};

/// A chromedriver on a free port, killed when dropped.
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts `chromedriver`, or what the variable `CHROMEDRIVER` names.
    pub(crate) fn start() -> Self {
        // It asks for the same port in IPv4 and in IPv6, and gives up where
        // one of them is taken; the next try gets another port.
        (0..5).find_map(|_| Self::try_start()).expect("chromedriver named no port")
    }

    fn try_start() -> Option<Self> {
        let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} does not start ({error}): `cargo xtask test` installs it"));
        let mut output = BufReader::new(process.stdout.take().unwrap());
        // From here on, dropping it kills the process.
        let mut driver = Self { process, port: 0 };
        let mut line = String::new();
        while driver.port == 0 {
            line.clear();
            if output.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            let port = line.trim_end().strip_suffix('.').and_then(|line| line.split_once("on port ")?.1.parse().ok());
            driver.port = port.unwrap_or_default();
        }
        // A pipe that nobody reads would stop chromedriver once it is full.
        thread::spawn(move || io::copy(&mut output, &mut io::sink()));
        Some(driver)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It is gone already only where it crashed, and then the test has said so.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One connection per request over loopback: all that a local chromedriver
/// needs, and far less to compile than a full HTTP client.
pub(crate) struct Loopback;

type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl HttpClient for Loopback {
    fn send<'me, 'body, 'a>(&'me self, request: Request<Body<'body>>) -> Answer<'a, WebDriverResult<Response<Bytes>>>
    where
        'me: 'a,
        'body: 'a,
        Self: 'a,
    {
        let body = match request.body() {
            Body::Empty => String::new(),
            Body::Json(value) => value.to_string(),
        };
        let host = request.uri().authority().map_or_else(String::new, ToString::to_string);
        let message = format!(
            "{} {} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
            content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            request.method(),
            request.uri().path(),
            body.len(),
        );
        Box::pin(async move {
            tokio::task::spawn_blocking(move || exchange(&host, &message))
                .await
                .unwrap()
                .map_err(|error| WebDriverError::RequestFailed(format!("chromedriver: {error}")))
        })
    }

    fn new<'me, 'a>(&'me self) -> Answer<'a, Arc<dyn HttpClient>>
    where
        'me: 'a,
        Self: 'a,
    {
        Box::pin(async { Arc::new(Self) as Arc<dyn HttpClient> })
    }
}

fn exchange(host: &str, request: &str) -> io::Result<Response<Bytes>> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(90)))?;
    stream.write_all(request.as_bytes())?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status: u16 = line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let mut length = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Response::builder().status(status).body(Bytes::from(body)).map_err(io::Error::other)
}
