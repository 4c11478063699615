//! As much of the WebDriver protocol as the journeys need, over one plain connection a request, each with its time-out.

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

/// The longest that one request may take.
const REQUEST: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const GLANCE: Duration = Duration::from_millis(50);
/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys that have no character, as WebDriver writes them.
pub(crate) mod key {
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const CONTROL: &str = "\u{e009}";
    pub(crate) const ALT: &str = "\u{e00a}";
    pub(crate) const TAB: &str = "\u{e004}";
    pub(crate) const BACKSPACE: &str = "\u{e003}";
    pub(crate) const ESCAPE: &str = "\u{e00c}";
    pub(crate) const RIGHT: &str = "\u{e014}";
    pub(crate) const F1: &str = "\u{e031}";
}

/// A session with the page of one window.
pub(crate) struct Page {
    port: u16,
    session: String,
    /// The screen it stands on.
    display: String,
}

impl Page {
    /// Starts the program on a screen, through the driver at a port.
    pub(crate) fn open(port: u16, display: &str, program: &str, arguments: &[String]) -> Result<Self, String> {
        let wanted =
            json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": {"binary": program, "args": arguments}}}});
        let answer = request(port, "POST", "/session", Some(&wanted))?;
        let session = answer["sessionId"].as_str().ok_or_else(|| format!("no session in {answer}"))?.to_owned();
        Ok(Self { port, session, display: display.to_owned() })
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        request(self.port, method, &format!("/session/{}{path}", self.session), body)
    }

    fn must(&self, method: &str, path: &str, body: &Value) -> Value {
        self.ask(method, path, Some(body)).unwrap_or_else(|error| panic!("{method} {path} {body}: {error}\n{}", self.text()))
    }

    /// Runs the body of a function in the page; what it returns, or what its promise brings, comes back.
    pub(crate) fn script(&self, body: &str) -> Value {
        self.must("POST", "/execute/sync", &json!({"script": body, "args": []}))
    }

    /// What the page shows as text, for messages.
    pub(crate) fn text(&self) -> String {
        let body = json!({"script": "return document.body ? document.body.innerText : ''", "args": []});
        self.ask("POST", "/execute/sync", Some(&body))
            .ok()
            .and_then(|text| text.as_str().map(ToOwned::to_owned))
            .unwrap_or_default()
    }

    /// Waits until an expression of the page's language is true.
    pub(crate) fn wait_until(&self, what: &str, expression: &str, most: Duration) {
        let began = Instant::now();
        loop {
            let body = json!({"script": format!("return Boolean({expression})"), "args": []});
            if self.ask("POST", "/execute/sync", Some(&body)) == Ok(Value::Bool(true)) {
                return;
            }
            assert!(began.elapsed() < most, "waited {most:?} in vain for {what}: {expression}\nthe page shows:\n{}", self.text());
            std::thread::sleep(GLANCE);
        }
    }

    /// Waits until the page shows some words.
    pub(crate) fn wait_for_words(&self, words: &str) {
        let expression = format!("document.body && document.body.innerText.includes({})", json!(words));
        self.wait_until(words, &expression, Duration::from_secs(15));
    }

    /// Waits until an element is there and shown.
    pub(crate) fn wait_for(&self, selector: &str) -> Element<'_> {
        let expression = format!("(e => e && e.getClientRects().length)(document.querySelector({}))", json!(selector));
        self.wait_until(selector, &expression, Duration::from_secs(15));
        self.element(selector)
    }

    fn element(&self, selector: &str) -> Element<'_> {
        let answer = self.must("POST", "/element", &json!({"using": "css selector", "value": selector}));
        let id = answer[ELEMENT].as_str().unwrap_or_else(|| panic!("no element in {answer}")).to_owned();
        Element { page: self, id }
    }

    /// Presses keys together, the last one briefly; the focus stays where it is.
    pub(crate) fn press(&self, keys: &[&str]) {
        let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key}));
        let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key}));
        let actions: Vec<Value> = down.chain(up).collect();
        self.must("POST", "/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Gives the window another size, in pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.must("POST", "/window/rect", &json!({"width": width, "height": height}));
    }

    /// The screen as a PNG. Asked of the screen: a webview that draws without the graphics card has no picture for the driver.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        let taken = Command::new("import").args(["-display", &self.display, "-window", "root", "png:-"]).output().unwrap();
        assert!(taken.status.success(), "no picture of the screen: {}", String::from_utf8_lossy(&taken.stderr));
        taken.stdout
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // a program that has gone already needs no farewell
        let _ = self.ask("DELETE", "", None);
    }
}

/// An element of the page.
pub(crate) struct Element<'a> {
    page: &'a Page,
    id: String,
}

impl Element<'_> {
    fn must(&self, path: &str, body: &Value) -> Value {
        self.page.must("POST", &format!("/element/{}{path}", self.id), body)
    }

    pub(crate) fn click(&self) {
        self.must("/click", &json!({}));
    }

    /// Types as a keyboard would, at the end of what is there.
    pub(crate) fn write(&self, text: &str) {
        self.must("/value", &json!({"text": text}));
    }

    /// Puts a text in the place of what is there, as one edit, and waits until all of it stands there.
    pub(crate) fn rewrite(&self, text: &str) {
        self.click();
        self.page.press(&[key::CONTROL, "a"]);
        self.write(text);
        // the driver answers before the last key has come through
        let began = Instant::now();
        while self.property("value") != text {
            assert!(began.elapsed() < REQUEST, "“{text}” was typed, “{}” stands there", self.property("value"));
            std::thread::sleep(GLANCE);
        }
    }

    /// A property as the page's language has it.
    pub(crate) fn property(&self, name: &str) -> Value {
        self.page
            .ask("GET", &format!("/element/{}/property/{name}", self.id), None)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// One request; the `value` of the answer, or what went wrong.
fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let (status, bytes) = exchange(port, method, path, body).map_err(|error| error.to_string())?;
    let answer: Value = serde_json::from_slice(&bytes).map_err(|error| format!("{status}: {error}"))?;
    let value = answer["value"].clone();
    if status == 200 { Ok(value) } else { Err(format!("{status} {}: {}", value["error"], value["message"])) }
}

fn exchange(port: u16, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<(u16, Vec<u8>)> {
    let mut connection = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), REQUEST)?;
    connection.set_read_timeout(Some(REQUEST))?;
    connection.set_write_timeout(Some(REQUEST))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes())?;
    connection.write_all(body.as_bytes())?;
    let mut answer = Vec::new();
    let mut piece = [0_u8; 65536];
    loop {
        if let Some((status, start, length)) = head_of(&answer)
            && answer.len() >= start + length
        {
            return Ok((status, answer[start..start + length].to_vec()));
        }
        let read = connection.read(&mut piece)?;
        if read == 0 {
            return Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the driver closed the connection"));
        }
        answer.extend_from_slice(&piece[..read]);
    }
}

/// Status, start and length of the body, once the head is whole.
fn head_of(answer: &[u8]) -> Option<(u16, usize, usize)> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())?;
    Some((status, end + 4, length))
}

#[cfg(test)]
mod tests {
    use super::head_of;

    #[test]
    fn an_answer_is_whole_by_its_length() {
        assert_eq!(head_of(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), Some((200, 38, 2)));
        assert_eq!(head_of(b"HTTP/1.1 200 OK\r\nContent-Le"), None);
    }
}
