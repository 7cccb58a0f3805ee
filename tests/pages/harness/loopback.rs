//! The HTTP client that talks to a driver on this machine.

use std::{
    future::Future,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    pin::Pin,
    sync::Arc,
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

/// One connection per request over loopback: all that a local driver
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
                .map_err(|error| WebDriverError::RequestFailed(format!("the driver: {error}")))
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
