//! The macros of the catalogue: each compiles a type from its source, keeps that source as text, and asks the compiler where everything is.

/// A struct with named fields.
macro_rules! of_struct {
    ($group:ident, $why:literal, $(#[$meta:meta])* struct $name:ident { $($field:ident: $type:ty),* $(,)? }) => {{
        #[allow(dead_code, reason = "laid out, never read")]
        $(#[$meta])*
        struct $name { $($field: $type),* }
        let fields = vec![$(super::field(stringify!($field), std::mem::offset_of!($name, $field), size_of::<$type>())),*];
        super::Entry {
            text: protocol::layout::TypeText {
                name: stringify!($name).to_owned(),
                group: protocol::layout::TypeGroup::$group,
                source: concat!(
                    $("#[", stringify!($meta), "]\n",)*
                    "struct ", stringify!($name), " {\n", $("    ", stringify!($field), ": ", stringify!($type), ",\n",)* "}"
                ).to_owned(),
                why: $why.to_owned(),
            },
            layout: Ok(super::layout_of::<$name>(vec![super::together("", fields)])),
        }
    }};
}

/// A union: its fields lie over each other.
macro_rules! of_union {
    ($group:ident, $why:literal, $(#[$meta:meta])* union $name:ident { $($field:ident: $type:ty),* $(,)? }) => {{
        #[allow(dead_code, reason = "laid out, never read")]
        $(#[$meta])*
        union $name { $($field: $type),* }
        super::Entry {
            text: protocol::layout::TypeText {
                name: stringify!($name).to_owned(),
                group: protocol::layout::TypeGroup::$group,
                source: concat!(
                    $("#[", stringify!($meta), "]\n",)*
                    "union ", stringify!($name), " {\n", $("    ", stringify!($field), ": ", stringify!($type), ",\n",)* "}"
                ).to_owned(),
                why: $why.to_owned(),
            },
            layout: Ok(super::layout_of::<$name>(vec![$(super::together(
                stringify!($field),
                vec![super::field(stringify!($field), std::mem::offset_of!($name, $field), size_of::<$type>())],
            )),*])),
        }
    }};
}

/// An enum. A value of each variant is made, and its fields' addresses are set against the value's own. Where it is known
/// where the tag lies, its type stands before, and it is read of each value: `repr` puts it first and gives it a type, and where several names
/// without fields take one byte, that byte is it.
macro_rules! of_enum {
    ($group:ident, $why:literal, tag first: $tag:ty, $($rest:tt)*) => {{
        let read = |at: *const ()| {
            // SAFETY: the enum's `repr` promises a tag of this type at the value's first byte, or the enum is that one byte, by which its names
            // are told apart. Either way the tag is set in every value.
            u64::from(unsafe { at.cast::<$tag>().read() })
        };
        of_enum!(@ $group, $why, |at| Some(super::tag_at(size_of::<$tag>(), read(at))), $($rest)*)
    }};
    ($group:ident, $why:literal, $(#[$meta:meta])* enum $($rest:tt)*) => {
        of_enum!(@ $group, $why, |_: *const ()| None, $(#[$meta])* enum $($rest)*)
    };
    (@ $group:ident, $why:literal, $tag:expr, $(#[$meta:meta])* enum $name:ident { $($variant:ident $({ $($field:ident: $type:ty),* })?),* $(,)? }) => {{
        $(#[$meta])*
        enum $name { $($variant $({ $($field: $type),* })?),* }
        let mut variants = Vec::new();
        let tag_of = $tag;
        $({
            let value = std::hint::black_box($name::$variant $({ $($field: <$type as Default>::default()),* })?);
            #[allow(irrefutable_let_patterns, reason = "an enum may have one variant")]
            if let $name::$variant $({ $($field),* })? = &value {
                let fields = vec![$($(
                    super::field(stringify!($field), super::place_in(&value, $field), size_of::<$type>())
                ),*)?];
                let tag = tag_of(std::ptr::from_ref(&value).cast());
                variants.push(protocol::layout::VariantLayout { tag, ..super::together(stringify!($variant), fields) });
            }
        })*
        super::Entry {
            text: protocol::layout::TypeText {
                name: stringify!($name).to_owned(),
                group: protocol::layout::TypeGroup::$group,
                source: concat!(
                    $("#[", stringify!($meta), "]\n",)*
                    "enum ", stringify!($name), " {\n",
                    $("    ", stringify!($variant), $(" {", $(" ", stringify!($field), ": ", stringify!($type), ",",)* " }",)? ",\n",)* "}"
                ).to_owned(),
                why: $why.to_owned(),
            },
            layout: Ok(super::layout_of::<$name>(variants)),
        }
    }};
}

/// An enum of the standard library whose variants hold one value each: where it lies is asked of a value of each.
macro_rules! of_variants {
    ($group:ident, $why:literal, $type:ty, [$($name:literal: $variant:path = $value:expr),* $(,)?]) => {{
        let mut variants = Vec::new();
        $({
            let whole: $type = std::hint::black_box($variant($value));
            if let $variant(inside) = &whole {
                let inside = super::field("the value", super::place_in(&whole, inside), super::size_of_part(inside));
                variants.push(super::together($name, vec![inside]));
            }
        })*
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: Ok(super::layout_of::<$type>(variants)),
        }
    }};
}

/// A tuple: its fields have numbers for names.
macro_rules! of_tuple {
    ($group:ident, $why:literal, $type:ty, [$($at:tt: $field:ty),* $(,)?]) => {
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: Ok(super::layout_of::<$type>(vec![super::together(
                "",
                vec![$(super::field(concat!(".", stringify!($at)), std::mem::offset_of!($type, $at), size_of::<$field>())),*],
            )])),
        }
    };
}

/// An array: the address of each element is set against the array's; with the parts of an element, where it has some.
macro_rules! of_array {
    ($group:ident, $why:literal, $type:ty, $value:expr, |$element:ident| [$($name:literal = $part:expr),* $(,)?]) => {{
        let array: $type = std::hint::black_box($value);
        let parts = array.iter().enumerate().flat_map(|(at, $element)| {
            [$(super::field(&format!("[{at}]{}", $name), super::place_in(&array, $part), super::size_of_part($part))),*]
        });
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: Ok(super::layout_of::<$type>(vec![super::together("", parts.collect())])),
        }
    }};
}

/// A type without parts that could be named.
macro_rules! of_type {
    ($group:ident, $why:literal, $type:ty) => {
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: Ok(super::layout_of::<$type>(Vec::new())),
        }
    };
}

/// A type made of words that mean something: each is found by its value.
macro_rules! of_words {
    ($group:ident, $why:literal, $type:ty, $words:expr, [$($name:literal = $value:expr),* $(,)?]) => {{
        let words = $words;
        let fields: Result<Vec<_>, super::Lost> = [$(super::word(&words, $name, $value)),*].into_iter().collect();
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: fields.map(|fields| super::layout_of::<$type>(vec![super::together("", fields)])),
        }
    }};
}

/// An `Option` of a type whose every byte is set in each of its values, so that `None` can be looked at where it takes no more room.
macro_rules! of_option {
    ($group:ident, $why:literal, $type:ty, $sample:expr) => {{
        let some: Option<$type> = std::hint::black_box(Some($sample));
        let offset = some.as_ref().map_or(0, |inside| super::place_in(&some, inside));
        let inside = vec![super::field("the value", offset, size_of::<$type>())];
        let mut layout =
            super::layout_of::<Option<$type>>(vec![super::together("Some", inside), super::together("None", Vec::new())]);
        if size_of::<Option<$type>>() == size_of::<$type>() {
            // SAFETY: the array is as long as the value, by the line above. `None` takes no room of its own, so it is a bit pattern of the
            // payload, and every byte of this payload is always set: none of those read is padding.
            let bytes: [u8; size_of::<$type>()] = unsafe { std::mem::transmute_copy(&None::<$type>) };
            layout.none = Some(bytes.to_vec());
        }
        super::Entry { text: super::text(concat!("Option<", stringify!($type), ">"), protocol::layout::TypeGroup::$group, $why), layout: Ok(layout) }
    }};
}
