//! Keys. The office has one secret; each department's key is drawn from it, so that no undo and no copy of a workbook can lose
//! a key that files were signed with.

use crate::hash::{digest, from_hex, hex};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use plan::DepartmentId;

/// A signing key.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key of 32 secret bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The key of 64 hexadecimal digits, if they are that.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        from_hex(text).map(|bytes| Self::from_bytes(&bytes))
    }

    /// The 64 hexadecimal digits; to be kept secret.
    #[must_use]
    pub fn to_text(&self) -> String {
        hex(self.0.as_bytes())
    }

    /// A department's key, drawn from the office's secret; another number of renewals gives another key.
    #[must_use]
    pub fn of_department(&self, workbook: &str, department: &DepartmentId, renewals: usize) -> Self {
        let seed = digest(&[
            b"planbook department key 1",
            self.0.as_bytes(),
            workbook.as_bytes(),
            department.as_str().as_bytes(),
            renewals.to_string().as_bytes(),
        ]);
        Self::from_bytes(&seed)
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, parts: &[&[u8]]) -> [u8; 64] {
        self.0.sign(&digest(parts)).to_bytes()
    }
}

impl std::fmt::Debug for SecretKey {
    /// Leaves the secret out, so that no log can hold it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SecretKey").field(&self.public()).finish()
    }
}

/// Who signed a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The key of 64 hexadecimal digits, if they are that.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }

    /// The 64 hexadecimal digits.
    #[must_use]
    pub fn to_text(self) -> String {
        hex(&self.0)
    }

    pub(crate) fn has_signed(self, parts: &[&[u8]], signature: &[u8; 64]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.0) else { return false };
        // strict: a weak key or a second spelling of a signature is no signature
        key.verify_strict(&digest(parts), &Signature::from_bytes(signature)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_department_and_every_renewal_has_a_key_of_its_own() {
        let office = SecretKey::from_bytes(&[7; 32]);
        let key = |workbook: &str, department: &str, renewals: usize| {
            office.of_department(workbook, &DepartmentId::new(department), renewals).public()
        };
        let keys = [key("w", "a", 0), key("w", "b", 0), key("w", "a", 1), key("v", "a", 0), office.public()];
        for (at, one) in keys.iter().enumerate() {
            assert!(keys[at + 1..].iter().all(|other| other != one));
        }
        assert_eq!(key("w", "a", 0), keys[0]);
    }

    #[test]
    fn a_signature_holds_for_its_text_and_key_only() {
        let (one, other) = (SecretKey::from_bytes(&[1; 32]), SecretKey::from_bytes(&[2; 32]));
        let signature = one.sign(&[b"a", b"bc"]);
        assert!(one.public().has_signed(&[b"a", b"bc"], &signature));
        assert!(!one.public().has_signed(&[b"ab", b"c"], &signature));
        assert!(!other.public().has_signed(&[b"a", b"bc"], &signature));
        assert_eq!(SecretKey::from_text(&one.to_text()).unwrap().public(), one.public());
        assert!(!format!("{one:?}").contains(&one.to_text()));
    }
}
