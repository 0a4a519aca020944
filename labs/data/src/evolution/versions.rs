//! The schema and what becomes of it: seven versions, each for serde, rkyv and prost. No version has an attribute that prepares it for another.

use super::flat::{Kind, Value};

/// A record's fields: what each means, and its value in words.
pub(super) type Meanings = Vec<(&'static str, String)>;

/// A version's four ways in and out.
pub(super) struct Version {
    /// What was written, field by field.
    pub(super) written: Meanings,
    /// The record's fields with their numbers, for `FlatBuffers`.
    pub(super) values: Vec<(u16, Value)>,
    /// The schema's fields with their numbers.
    pub(super) schema: Vec<(u16, &'static str, Kind)>,
    pub(super) to_json: fn() -> Result<Vec<u8>, String>,
    pub(super) of_json: fn(&[u8]) -> Result<Meanings, String>,
    pub(super) to_postcard: fn() -> Result<Vec<u8>, String>,
    pub(super) of_postcard: fn(&[u8]) -> Result<Meanings, String>,
    pub(super) to_protobuf: fn() -> Vec<u8>,
    pub(super) of_protobuf: fn(&[u8]) -> Result<Meanings, String>,
    pub(super) to_rkyv: fn() -> Result<Vec<u8>, String>,
    pub(super) of_rkyv: fn(&[u8]) -> Result<Meanings, String>,
}

/// A value in words, whether owned or archived.
trait Say {
    fn say(&self) -> String;
}

macro_rules! say {
    ($($type:ty => |$value:ident| $words:expr),+ $(,)?) => {
        $(impl Say for $type {
            fn say(&self) -> String {
                let $value = self;
                $words
            }
        })+
    };
}

say! {
    u32 => |value| value.to_string(),
    u64 => |value| value.to_string(),
    String => |value| value.clone(),
    rkyv::rend::u32_le => |value| value.to_native().to_string(),
    rkyv::rend::u64_le => |value| value.to_native().to_string(),
    rkyv::string::ArchivedString => |value| value.as_str().to_owned(),
}

/// A version: fields in their order with meaning, number, value and prost's word for the type; then the plan, with the variants it may have.
macro_rules! version {
    (
        $(#[$doc:meta])* $module:ident: User {
            $($field:ident: $type:ty = $value:expr, means $meaning:literal, number $number:literal as $kind:ident ($($prost:tt)*);)+
        }
        Plan { $($variant:ident = $discriminant:literal),+ } = $chosen:ident
    ) => {
        $(#[$doc])*
        pub(super) mod $module {
            use super::{Kind, Meanings, Say as _, Value, Version};
            use prost::Message as _;
            use rkyv::rancor::BoxedError as Error;

            /// The record, for serde and rkyv.
            #[derive(serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
            struct User {
                $($field: $type,)+
                plan: Plan,
            }

            #[derive(Clone, Copy, serde::Serialize, serde::Deserialize, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]
            enum Plan {
                $($variant,)+
            }

            /// The record, for prost: a field keeps its number, whatever else changes.
            #[derive(Clone, PartialEq, prost::Message)]
            struct UserMessage {
                $(#[prost($($prost)*, tag = $number)] $field: $type,)+
                #[prost(enumeration = "Numbers", tag = "4")]
                plan: i32,
            }

            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
            #[repr(i32)]
            enum Numbers {
                $($variant = $discriminant,)+
            }

            fn user() -> User {
                User { $($field: $value.into(),)+ plan: Plan::$chosen }
            }

            fn meanings(user: &User) -> Meanings {
                let plan = match user.plan {
                    $(Plan::$variant => stringify!($variant),)+
                };
                vec![$(($meaning, user.$field.say()),)+ ("plan", plan.to_owned())]
            }

            pub(in super::super) fn version() -> Version {
                Version {
                    written: meanings(&user()),
                    values: vec![$(($number.parse().unwrap_or_default(), Value::from(user().$field)),)+ (4, Value::Plan(user().plan as u8))],
                    schema: vec![$(($number.parse().unwrap_or_default(), $meaning, Kind::$kind),)+
                        (4, "plan", Kind::Plan(&[$(stringify!($variant)),+]))],
                    to_json: || serde_json::to_vec(&user()).map_err(|error| error.to_string()),
                    of_json: |bytes| serde_json::from_slice(bytes).map(|user| meanings(&user)).map_err(|error| error.to_string()),
                    to_postcard: || postcard::to_allocvec(&user()).map_err(|error| error.to_string()),
                    of_postcard: |bytes| postcard::from_bytes(bytes).map(|user| meanings(&user)).map_err(|error| error.to_string()),
                    to_protobuf: || {
                        let User { $($field,)+ plan } = user();
                        let plan = match plan {
                            $(Plan::$variant => Numbers::$variant,)+
                        };
                        UserMessage { $($field,)+ plan: plan.into() }.encode_to_vec()
                    },
                    of_protobuf: |bytes| {
                        let user = UserMessage::decode(bytes).map_err(|error| error.to_string())?;
                        Ok(vec![$(($meaning, user.$field.say()),)+ ("plan", format!("{:?}", user.plan()))])
                    },
                    to_rkyv: || rkyv::to_bytes::<Error>(&user()).map(|bytes| bytes.to_vec()).map_err(|error| error.to_string()),
                    of_rkyv: |bytes| {
                        let user = rkyv::access::<ArchivedUser, Error>(bytes).map_err(|error| error.to_string())?;
                        let plan = match user.plan {
                            $(ArchivedPlan::$variant => stringify!($variant),)+
                        };
                        Ok(vec![$(($meaning, user.$field.say()),)+ ("plan", plan.to_owned())])
                    },
                }
            }
        }
    };
}

// anchor: base
version! {
    /// What both sides know at first.
    base: User {
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
        level: u32 = 3_u32, means "level", number "3" as U32 (uint32);
    }
    Plan { Free = 0, Paid = 1 } = Paid
}
// end: base

// anchor: added
version! {
    /// A field more, in the middle.
    added: User {
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
        city: String = "Lima", means "city", number "5" as Text (string);
        level: u32 = 3_u32, means "level", number "3" as U32 (uint32);
    }
    Plan { Free = 0, Paid = 1 } = Paid
}
// end: added

version! {
    /// A field less.
    removed: User {
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
    }
    Plan { Free = 0, Paid = 1 } = Paid
}

version! {
    /// `level` is called `rank`.
    renamed: User {
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
        rank: u32 = 3_u32, means "level", number "3" as U32 (uint32);
    }
    Plan { Free = 0, Paid = 1 } = Paid
}

// anchor: reordered
version! {
    /// `level` comes first.
    reordered: User {
        level: u32 = 3_u32, means "level", number "3" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
    }
    Plan { Free = 0, Paid = 1 } = Paid
}
// end: reordered

version! {
    /// `level` has 64 bits, and a value that needs them.
    widened: User {
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
        level: u64 = 5_000_000_000_u64, means "level", number "3" as U64 (uint64);
    }
    Plan { Free = 0, Paid = 1 } = Paid
}

version! {
    /// The plan may be a trial, and is one.
    variant: User {
        id: u32 = 7_u32, means "id", number "1" as U32 (uint32);
        name: String = "Ada", means "name", number "2" as Text (string);
        level: u32 = 3_u32, means "level", number "3" as U32 (uint32);
    }
    Plan { Free = 0, Paid = 1, Trial = 2 } = Trial
}
