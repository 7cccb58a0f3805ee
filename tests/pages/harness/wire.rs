//! A server that a case tells what to send, byte by byte, and that tells the
//! case how each request ended: what an HTTP library cannot be made to do.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use tokio::time::sleep;

/// One thing that the server does for a request, after the one before.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends the same bytes so many times.
    Repeat(Vec<u8>, usize),
    /// Sends one byte a second.
    Drip(Vec<u8>),
    /// Sends nothing more, and waits for the reader to hang up.
    Hold,
    /// Breaks the connection with a reset, where it otherwise closes.
    Reset,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The server sent all that it was to send.
    Sent,
    /// The reader hung up before that.
    HungUp,
}

/// A request that was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    /// The request's fields, a line for each, in lower case.
    pub(crate) fields: String,
    /// None while it is being answered.
    pub(crate) end: Option<End>,
}

type Answers = Arc<Mutex<Vec<(String, Vec<Step>)>>>;

/// The server, on an origin of its own.
pub(crate) struct Wire {
    /// Such as `http://127.0.0.1:4000`.
    pub(crate) origin: String,
    answers: Answers,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Wire {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let wire = Self { origin, answers: Answers::default(), log: Arc::default() };
        let (answers, log) = (wire.answers.clone(), wire.log.clone());
        // The threads live as long as the test process; they hold nothing but a port.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, log) = (answers.clone(), log.clone());
                thread::spawn(move || serve(stream, &answers, &log));
            }
        });
        wire
    }

    /// Says how a path, without its query, is to be answered from now on, and gives its address.
    pub(crate) fn answer(&self, path: &str, steps: Vec<Step>) -> String {
        let mut answers = self.answers.lock().unwrap();
        answers.retain(|(other, _)| other != path);
        answers.push((path.to_owned(), steps));
        format!("{}{path}", self.origin)
    }

    /// The same with a head and a body that are sent in one go.
    pub(crate) fn answer_with(&self, path: &str, status: &str, fields: &[&str], body: &[u8]) -> String {
        let length = format!("content-length: {}", body.len());
        let bytes = [head(status, &[fields, &[&length]].concat()), body.to_vec()].concat();
        self.answer(path, vec![Step::Send(bytes)])
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the requests are as wanted, and fails after ten seconds.
    pub(crate) async fn until(&self, what: &str, wanted: impl Fn(&[Asked]) -> bool) {
        for _ in 0..500 {
            if wanted(&self.asked()) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("not within 10 s: {what}: {:#?}", self.asked());
    }

    /// Waits until no request is open any more, and tells how each one ended.
    pub(crate) async fn ends(&self) -> Vec<End> {
        self.until("every request has ended", |asked| asked.iter().all(|asked| asked.end.is_some())).await;
        self.asked().iter().filter_map(|asked| asked.end).collect()
    }
}

/// A head that every origin may read the answer of, but for the fields given.
pub(crate) fn head(status: &str, fields: &[&str]) -> Vec<u8> {
    private_head(status, &[fields, &["access-control-allow-origin: *"]].concat())
}

/// A head that says nothing of other origins.
pub(crate) fn private_head(status: &str, fields: &[&str]) -> Vec<u8> {
    let status = format!("HTTP/1.1 {status}");
    let lines = [&[status.as_str()], fields, &["connection: close", "", ""]].concat();
    lines.join("\r\n").into_bytes()
}

fn serve(stream: TcpStream, answers: &Answers, log: &Mutex<Vec<Asked>>) {
    // A browser opens connections that it then asks nothing on.
    let Ok((path, fields)) = read_head(&stream) else { return };
    let bare = path.split('?').next().unwrap_or_default();
    let steps = answers.lock().unwrap().iter().find(|(known, _)| known == bare).map(|(_, steps)| steps.clone());
    let place = {
        let mut log = log.lock().unwrap();
        log.push(Asked { path: path.clone(), fields, end: None });
        log.len() - 1
    };
    let steps = steps.unwrap_or_else(|| vec![Step::Send(head("404 Not Found", &["content-length: 0"]))]);
    let end = if play(stream, &steps).is_ok() { End::Sent } else { End::HungUp };
    log.lock().unwrap()[place].end = Some(end);
}

/// Reads all of a request but its last byte: see [`Step::Reset`] in `play`.
fn read_head(stream: &TcpStream) -> io::Result<(String, String)> {
    let mut peeked = [0; 8192];
    let length = loop {
        let length = stream.peek(&mut peeked)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if peeked[..length].windows(4).any(|bytes| bytes == b"\r\n\r\n") {
            break length;
        }
        thread::sleep(Duration::from_millis(1));
    };
    let mut reader = BufReader::new(&peeked[..length]);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut fields = String::new();
    reader.read_to_string(&mut fields)?;
    let mut stream = stream;
    stream.read_exact(&mut peeked[..length - 1])?;
    Ok((line.split(' ').nth(1).unwrap_or_default().to_owned(), fields.to_ascii_lowercase()))
}

fn play(mut stream: TcpStream, steps: &[Step]) -> io::Result<()> {
    // RFC 1122, 4.2.2.13: who closes with bytes unread sends a reset. One byte of
    // the request is left for that, and read where no reset is asked for.
    if !steps.iter().any(|step| matches!(step, Step::Reset)) {
        stream.read_exact(&mut [0])?;
    }
    for step in steps {
        match step {
            Step::Send(bytes) => stream.write_all(bytes)?,
            Step::Repeat(bytes, times) => {
                for _ in 0..*times {
                    stream.write_all(bytes)?;
                }
            }
            Step::Drip(bytes) => {
                for byte in bytes {
                    stream.write_all(&[*byte])?;
                    still_there(&mut stream, Some(Duration::from_secs(1)))?;
                }
            }
            Step::Hold => still_there(&mut stream, None)?,
            // The bytes before it are to arrive before it does.
            Step::Reset => thread::sleep(Duration::from_millis(200)),
        }
    }
    Ok(())
}

/// Waits, for ever where no time is given; an error where the reader hangs up meanwhile.
fn still_there(stream: &mut TcpStream, time: Option<Duration>) -> io::Result<()> {
    stream.set_read_timeout(time)?;
    match stream.read(&mut [0]) {
        Ok(_) => Err(io::ErrorKind::ConnectionAborted.into()),
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => Ok(()),
        Err(error) => Err(error),
    }
}
