//! Connections: how many there may be, and how long one may keep the server waiting.

use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// Connections at a time; who comes later is told to come again.
const PLACES: usize = 2048;
/// The head of a question must have come within this, and the next question after an answer.
const HEAD: Duration = Duration::from_secs(30);
/// A connection on which nothing moves for so long, while it asks or is answered, is cut.
const STILL: Duration = Duration::from_secs(30);
/// Largest head of a question.
const HEAD_BYTES: usize = 16 << 10;
const HEADERS: usize = 100;
/// How long those who are answered may take to hear it when the server ends.
const FAREWELL: Duration = Duration::from_secs(10);
/// Of the system's, such as too many open files: it may pass.
const REST: Duration = Duration::from_millis(200);
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Answers until `end` comes, then finishes what it began.
pub(crate) async fn serve(listener: TcpListener, router: Router, end: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(PLACES));
    let open = GracefulShutdown::new();
    let mut end = pin!(end);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_may_pass) => {
                    tokio::time::sleep(REST).await;
                    continue;
                }
            },
            () = &mut end => break,
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            tokio::spawn(turn_away(stream));
            continue;
        };
        // Without it small answers wait for the reader's next packet; it can fail for a connection that is gone already.
        let _ = stream.set_nodelay(true);
        let moved = Arc::new(AtomicBool::new(true));
        let io = TokioIo::new(Moving {
            stream,
            moved: moved.clone(),
        });
        let connection = open.watch(http().serve_connection(io, service(router.clone(), peer)));
        tokio::spawn(async move {
            tokio::select! {
                // How a connection ended is its own affair: nobody is left to be told.
                _ = connection => {}
                () = stood_still(&moved, STILL) => {}
            }
            drop(place);
        });
    }
    drop(listener);
    // Whoever has not heard by then is not listening.
    let _ = tokio::time::timeout(FAREWELL, open.shutdown()).await;
}

fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES);
    http
}

fn service(
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    hyper::Request<Incoming>,
    Response = axum::response::Response,
    Error = std::convert::Infallible,
    Future: Send,
> {
    service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    })
}

/// Between once and twice that time after the last movement.
async fn stood_still(moved: &AtomicBool, time: Duration) {
    while moved.swap(false, Ordering::Relaxed) {
        tokio::time::sleep(time).await;
    }
}

async fn turn_away(mut stream: TcpStream) {
    let told = async {
        stream.write_all(FULL).await?;
        stream.shutdown().await
    };
    // Best effort: the next who is turned away is told the same.
    let _ = tokio::time::timeout(Duration::from_secs(1), told).await;
}

/// A connection that notes whether anything moves on it.
struct Moving {
    stream: TcpStream,
    moved: Arc<AtomicBool>,
}

impl Moving {
    fn note<T>(&self, polled: Poll<T>) -> Poll<T> {
        if polled.is_ready() {
            self.moved.store(true, Ordering::Relaxed);
        }
        polled
    }
}

impl AsyncRead for Moving {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(cx, buffer);
        self.note(polled)
    }
}

impl AsyncWrite for Moving {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.note(polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.note(polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use axum::routing::get;

    use super::*;

    /// A server with one page, and where it is.
    async fn server() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }),
        );
        tokio::spawn(serve(listener, router, std::future::pending()));
        address
    }

    fn asked(address: SocketAddr, question: &str) -> String {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.write_all(question.as_bytes()).unwrap();
        let mut told = String::new();
        // A head that is too large may end in a reset after the answer.
        let _ = stream.read_to_string(&mut told);
        told
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_page_is_told_and_knows_who_asks() {
        let address = server().await;
        let told = tokio::task::spawn_blocking(move || {
            asked(address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        });
        let told = told.await.unwrap();
        assert!(
            told.starts_with("HTTP/1.1 200") && told.ends_with("127.0.0.1"),
            "{told}"
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_head_has_its_limits() {
        let address = server().await;
        let long = format!(
            "GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n",
            "x".repeat(2 * HEAD_BYTES)
        );
        let many = format!(
            "GET / HTTP/1.1\r\nhost: x\r\n{}\r\n",
            "x: y\r\n".repeat(HEADERS + 1)
        );
        for head in [long, many] {
            let told = tokio::task::spawn_blocking(move || asked(address, &head))
                .await
                .unwrap();
            assert!(told.starts_with("HTTP/1.1 431"), "{told}");
        }
    }

    #[tokio::test]
    async fn what_stands_still_is_cut() {
        let time = Duration::from_millis(100);
        let moved = AtomicBool::new(true);
        let began = std::time::Instant::now();
        let moving = async {
            for _ in 0..20 {
                tokio::time::sleep(time / 4).await;
                moved.store(true, Ordering::Relaxed);
            }
            std::future::pending::<()>().await;
        };
        tokio::select! { () = stood_still(&moved, time) => {}, () = moving => {} }
        assert!(began.elapsed() > 5 * time, "{:?}", began.elapsed());
    }
}
