//! Who may speak to the second shell: the printed address carries a code that is good once. The page exchanges it for a cookie
//! that scripts cannot read and no process list, history or file holds.
//!
//! Browsers keep cookies by host and path, never by port, so other programs on this PC's loopback address would be sent a cookie
//! of `/`: it is kept under a path of its own, which is random as well. (`__Host-` asks for `Path=/` and for https.)

use std::sync::{Mutex, PoisonError};

/// The name of the cookie.
const COOKIE: &str = "planbook";

/// The code that is good once, and what it is exchanged for.
pub(super) struct Doors {
    code: Mutex<Option<String>>,
    base: String,
    secret: String,
}

impl Doors {
    pub(super) fn new() -> Result<(Self, String), String> {
        let code = random()?;
        let doors = Self { code: Mutex::new(Some(code.clone())), base: format!("/s/{}", random()?), secret: random()? };
        Ok((doors, code))
    }

    /// Exchanges the code: the path under which the page speaks from now on, and its cookie. None where it is another code, or
    /// was used.
    pub(super) fn exchange(&self, given: &str) -> Option<(&str, String)> {
        let mut code = self.code.lock().unwrap_or_else(PoisonError::into_inner);
        if !code.as_ref().is_some_and(|code| same(given, code)) {
            return None;
        }
        *code = None;
        Some((&self.base, format!("{COOKIE}={}; Path={}; HttpOnly; SameSite=Strict", self.secret, self.base)))
    }

    /// What is asked for under the page's own path; none where the path is another, or the cookie is missing.
    pub(super) fn admits<'a>(&self, path: &'a str, cookies: Option<&str>) -> Option<&'a str> {
        let asked = path.strip_prefix(&self.base)?;
        let known = cookies?.split(';').filter_map(|cookie| cookie.trim().split_once('='));
        known.filter(|(name, _)| *name == COOKIE).any(|(_, secret)| same(secret, &self.secret)).then_some(asked)
    }
}

fn random() -> Result<String, String> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares in time that does not tell where the two differ.
fn same(given: &str, secret: &str) -> bool {
    given.len() == secret.len() && given.bytes().zip(secret.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
