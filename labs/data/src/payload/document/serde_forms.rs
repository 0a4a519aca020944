//! A document through serde: natural JSON where the format is for people, else its enumeration, as derived.

use super::{Document, Member};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

impl<S: Serialize> Serialize for Document<S> {
    fn serialize<To: Serializer>(&self, to: To) -> Result<To::Ok, To::Error> {
        if !to.is_human_readable() {
            return Self::serialize(self, to);
        }
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(it) => to.serialize_bool(*it),
            Self::Int(it) => to.serialize_i64(*it),
            Self::UInt(it) => to.serialize_u64(*it),
            Self::Float(it) => to.serialize_f64(*it),
            Self::Text(it) => it.serialize(to),
            Self::List(items) => to.collect_seq(items),
            Self::Map(members) => {
                let mut map = to.serialize_map(Some(members.len()))?;
                for Member { name, value } in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de, S> Deserialize<'de> for Document<S>
where
    S: Deserialize<'de> + From<&'de str> + From<String>,
{
    fn deserialize<From: Deserializer<'de>>(from: From) -> Result<Self, From::Error> {
        if from.is_human_readable() { from.deserialize_any(Any(PhantomData)) } else { Self::deserialize(from) }
    }
}

/// Takes whatever comes.
struct Any<S>(PhantomData<S>);

impl<'de, S> Visitor<'de> for Any<S>
where
    S: Deserialize<'de> + From<&'de str> + From<String>,
{
    type Value = Document<S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Document::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Self::Value, E> {
        Ok(Document::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Self::Value, E> {
        Ok(Document::Int(it))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(it).map_or(Document::UInt(it), Document::Int))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Self::Value, E> {
        Ok(Document::Float(it))
    }

    fn visit_borrowed_str<E>(self, it: &'de str) -> Result<Self::Value, E> {
        Ok(Document::Text(it.into()))
    }

    fn visit_str<E>(self, it: &str) -> Result<Self::Value, E> {
        Ok(Document::Text(it.to_owned().into()))
    }

    fn visit_string<E>(self, it: String) -> Result<Self::Value, E> {
        Ok(Document::Text(it.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Document::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            members.push(Member { name, value });
        }
        Ok(Document::Map(members))
    }
}
