//! Asks a web server for addresses over connections that stay open, each asking again as soon as it was answered.
//!
//! usage: load HOST:PORT --connections N (--once | --seconds S) [--gzip] < ADDRESSES
//!
//! `--once` asks for every address one time, in the order given: what nobody asked for before. `--seconds` goes round them. Prints
//! one JSON object. Own code, as the load tools at hand (wrk, hey, oha) can do neither and do not tell a 503 with a Retry-After.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// After this long an answer counts as none.
const PATIENCE: Duration = Duration::from_secs(30);

struct Plan {
    server: String,
    addresses: Vec<String>,
    until: Option<Instant>,
    gzip: bool,
    next: AtomicUsize,
}

#[derive(Default)]
struct Seen {
    nanos: Vec<u64>,
    /// Of answers with status 200 alone.
    good: Vec<u64>,
    statuses: BTreeMap<u16, u64>,
    errors: u64,
    bytes: u64,
    told_when: u64,
}

struct Answer {
    status: u16,
    bytes: u64,
    told_when: bool,
    closes: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let server = args.next().ok_or("HOST:PORT is missing")?;
    let (mut connections, mut seconds, mut gzip) = (1, None, false);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--connections" => connections = args.next().ok_or("how many?")?.parse()?,
            "--seconds" => seconds = Some(args.next().ok_or("how many?")?.parse()?),
            "--once" => seconds = None,
            "--gzip" => gzip = true,
            other => return Err(format!("what is `{other}`?").into()),
        }
    }
    let addresses: Vec<String> = io::stdin().lines().collect::<Result<_, _>>()?;
    let began = Instant::now();
    let plan = Plan {
        server,
        addresses,
        until: seconds.map(|seconds| began + Duration::from_secs_f64(seconds)),
        gzip,
        next: AtomicUsize::new(0),
    };
    let mut all = Seen::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections).map(|_| scope.spawn(|| ask(&plan))).collect();
        for worker in workers {
            all.add(worker.join().expect("a worker never panics"));
        }
    });
    println!("{}", all.told(began.elapsed().as_secs_f64()));
    Ok(())
}

/// Asks over one connection until there is nothing left or time is up.
fn ask(plan: &Plan) -> Seen {
    let mut seen = Seen::default();
    let mut open: Option<BufReader<TcpStream>> = None;
    loop {
        let turn = plan.next.fetch_add(1, Ordering::Relaxed);
        let over = match plan.until {
            Some(until) => Instant::now() >= until,
            None => turn >= plan.addresses.len(),
        };
        if over || plan.addresses.is_empty() {
            return seen;
        }
        let address = &plan.addresses[turn % plan.addresses.len()];
        let began = Instant::now();
        match once(plan, &mut open, address) {
            Ok(answer) => {
                let nanos = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
                seen.nanos.push(nanos);
                if answer.status == 200 {
                    seen.good.push(nanos);
                }
                *seen.statuses.entry(answer.status).or_default() += 1;
                seen.bytes += answer.bytes;
                seen.told_when += u64::from(answer.told_when);
                if answer.closes {
                    open = None;
                }
            }
            Err(_) => {
                seen.errors += 1;
                open = None;
            }
        }
    }
}

fn once(plan: &Plan, open: &mut Option<BufReader<TcpStream>>, address: &str) -> io::Result<Answer> {
    let stream = match open {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(&plan.server)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            open.insert(BufReader::with_capacity(64 << 10, stream))
        }
    };
    let coding = if plan.gzip { "Accept-Encoding: gzip\r\n" } else { "" };
    let request = format!("GET {address} HTTP/1.1\r\nHost: {}\r\n{coding}\r\n", plan.server);
    stream.get_mut().write_all(request.as_bytes())?;
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "no HTTP");
    let status = line.split(' ').nth(1).and_then(|it| it.parse().ok()).ok_or_else(broken)?;
    let (mut length, mut chunked, mut closes, mut told_when) = (None, false, false, false);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let head = line.trim_end().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        let (name, value) = head.split_once(':').ok_or_else(broken)?;
        match (name, value.trim()) {
            ("content-length", value) => length = value.parse().ok(),
            ("transfer-encoding", "chunked") => chunked = true,
            ("connection", "close") => closes = true,
            ("retry-after", _) => told_when = true,
            _ => {}
        }
    }
    let bytes = match (length, chunked) {
        (Some(length), _) => skip(stream, length)?,
        (None, true) => {
            let mut whole = 0;
            loop {
                line.clear();
                stream.read_line(&mut line)?;
                let size = u64::from_str_radix(line.trim(), 16).map_err(|_| broken())?;
                skip(stream, size + 2)?;
                whole += size;
                if size == 0 {
                    break whole;
                }
            }
        }
        (None, false) => return Err(broken()),
    };
    Ok(Answer { status, bytes, told_when, closes })
}

fn skip(stream: &mut impl Read, bytes: u64) -> io::Result<u64> {
    let read = io::copy(&mut stream.take(bytes), &mut io::sink())?;
    if read == bytes { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.nanos.extend(other.nanos);
        self.good.extend(other.good);
        self.errors += other.errors;
        self.bytes += other.bytes;
        self.told_when += other.told_when;
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
    }

    fn told(mut self, seconds: f64) -> String {
        self.nanos.sort_unstable();
        self.good.sort_unstable();
        let count = self.nanos.len();
        let statuses: Vec<String> = self.statuses.iter().map(|(status, n)| format!("\"{status}\":{n}")).collect();
        format!(
            "{{\"requests\":{count},\"seconds\":{seconds:.3},\"rate\":{:.1},\"p50\":{},\"p90\":{},\"p99\":{},\"max\":{},\
             \"good_p99\":{},\"errors\":{},\"bytes\":{},\"told_when\":{},\"statuses\":{{{}}}}}",
            count as f64 / seconds,
            at(&self.nanos, 0.5),
            at(&self.nanos, 0.9),
            at(&self.nanos, 0.99),
            at(&self.nanos, 1.0),
            at(&self.good, 0.99),
            self.errors,
            self.bytes,
            self.told_when,
            statuses.join(","),
        )
    }
}

/// Milliseconds below which that share lies.
fn at(sorted: &[u64], share: f64) -> f64 {
    let place = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
    sorted.get(place).map_or(0.0, |nanos| *nanos as f64 / 1e6)
}
