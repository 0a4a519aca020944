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
            layout: super::layout_of::<$name>(vec![super::together("", fields)]),
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
            layout: super::layout_of::<$name>(vec![$(super::together(
                stringify!($field),
                vec![super::field(stringify!($field), std::mem::offset_of!($name, $field), size_of::<$type>())],
            )),*]),
        }
    }};
}

/// An enum. A value of each variant is made, and its fields' addresses are set against the value's own.
macro_rules! of_enum {
    ($group:ident, $why:literal, $(#[$meta:meta])* enum $name:ident { $($variant:ident $({ $($field:ident: $type:ty),* })?),* $(,)? }) => {{
        $(#[$meta])*
        enum $name { $($variant $({ $($field: $type),* })?),* }
        let mut variants = Vec::new();
        $({
            let value = std::hint::black_box($name::$variant $({ $($field: <$type as Default>::default()),* })?);
            #[allow(irrefutable_let_patterns, reason = "an enum may have one variant")]
            if let $name::$variant $({ $($field),* })? = &value {
                let fields = vec![$($(
                    super::field(stringify!($field), super::place_in(&value, $field), size_of::<$type>())
                ),*)?];
                variants.push(super::together(stringify!($variant), fields));
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
            layout: super::layout_of::<$name>(variants),
        }
    }};
}

/// A type without parts that could be named.
macro_rules! of_type {
    ($group:ident, $why:literal, $type:ty) => {
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: super::layout_of::<$type>(Vec::new()),
        }
    };
}

/// A type made of words that mean something: each is found by its value.
macro_rules! of_words {
    ($group:ident, $why:literal, $type:ty, $words:expr, [$($name:literal = $value:expr),* $(,)?]) => {{
        let words = $words;
        super::Entry {
            text: super::text(stringify!($type), protocol::layout::TypeGroup::$group, $why),
            layout: super::layout_of::<$type>(vec![super::together("", vec![$(super::word(&words, $name, $value)),*])]),
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
        super::Entry { text: super::text(concat!("Option<", stringify!($type), ">"), protocol::layout::TypeGroup::$group, $why), layout }
    }};
}
