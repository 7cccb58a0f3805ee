//! Answers that a well-behaved HTTP server cannot be made to give: a body
//! that stops half-way, a body without a length, a port where nobody listens.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use super::server::{Log, Seen};

/// Starts the faulty server and gives its origin: `/stall` sends the head and
/// some bytes and then nothing more; `/endless` sends 3 MiB of JSON without
/// saying how much it will be; `/private` lets no other origin read it.
pub(crate) fn start(log: Log) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    // The thread lives as long as the test process; it holds nothing but a port.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let log = log.clone();
            // A reader that hangs up early is what several of these are for.
            thread::spawn(move || drop(answer(stream, &log)));
        }
    });
    origin
}

/// An origin that refuses connections: the port was free a moment ago.
pub(crate) fn refused() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn answer(mut stream: TcpStream, log: &Log) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let method = line.split(' ').next().unwrap_or_default().to_owned();
    while reader.read_line(&mut line)? > 2 {}
    log.lock().unwrap().push(Seen { method, path: path.clone(), cookie: None });
    let cors = if path.starts_with("/private") { "" } else { "access-control-allow-origin: *\r\n" };
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/feed+json\r\n{cors}connection: close\r\n\r\n")?;
    stream.write_all(br#"{"version":"https://jsonfeed.org/version/1.1","title":"Kabar Setengah Jalan","items":["#)?;
    if path.starts_with("/stall") {
        // Holds the connection until the reader gives up.
        reader.read_to_end(&mut Vec::new())?;
    }
    if path.starts_with("/endless") {
        for _ in 0..3 * 1024 {
            stream.write_all(&[b' '; 1024])?;
        }
    }
    stream.write_all(b"]}")?;
    Ok(())
}
