//! The macro behind the topics.

/// One topic of the catalogue: an enum with a variant for each sentence, which knows its key and says itself.
macro_rules! catalogue {
    (
        $(#[$doc:meta])*
        $topic:ident {
            $($variant:ident $({ $($argument:ident: $type:ty),+ $(,)? })? zh $chinese:literal en $english:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "key", content = "args", rename_all = "snake_case")]
        pub enum $topic {
            $(
                #[doc = $chinese]
                $variant $({
                    $(
                        #[doc = concat!("What the sentence names as `", stringify!($argument), "`.")]
                        $argument: $type,
                    )+
                })?,
            )+
        }

        impl $topic {
            /// The key under the topic, in snake case.
            #[must_use]
            pub fn key(&self) -> String {
                let name = match self { $(Self::$variant { .. } => stringify!($variant),)+ };
                crate::catalogue::snake_case(name)
            }

            /// The sentence in a language.
            #[must_use]
            pub fn render(&self, language: crate::Language) -> String {
                match language {
                    crate::Language::Chinese => match self {
                        $(Self::$variant $({ $($argument),+ })? => {
                            format!($chinese $(, $($argument = crate::Say::say($argument, language)),+)?)
                        })+
                    },
                    crate::Language::English => match self {
                        $(Self::$variant $({ $($argument),+ })? => {
                            format!($english $(, $($argument = crate::Say::say($argument, language)),+)?)
                        })+
                    },
                }
            }

            /// Every sentence of the topic, with sample arguments.
            #[cfg(test)]
            pub(crate) fn samples() -> Vec<crate::Message> {
                vec![$(Self::$variant $({ $($argument: crate::arguments::Sample::sample()),+ })?.into(),)+]
            }
        }

        impl std::fmt::Display for $topic {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.render(crate::Language::Chinese))
            }
        }

        impl From<$topic> for crate::Message {
            fn from(message: $topic) -> Self { Self::$topic(message) }
        }
    };
}

pub(crate) use catalogue;

/// `NotPartOf` as `not_part_of`, as serde has it.
pub(crate) fn snake_case(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.push(c.to_ascii_lowercase());
    }
    key
}
