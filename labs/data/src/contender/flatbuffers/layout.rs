//! What `flatc` would generate, as two macros: tables, and structs of a fixed number of bytes.

/// A table: a view for reading it, and a struct of its fields for writing it. Each field has its place in the table's list of offsets
/// (`4`, `6`, `8` …, two bytes each). `numbers` are 0 when absent, `required` ones never absent, `optional` ones may be.
macro_rules! table {
    (
        $(#[$doc:meta])* $name:ident, $new:ident {
            numbers { $($number:ident: $number_type:ty = $number_slot:literal),* $(,)? }
            required { $($required:ident: $required_type:ty = $required_slot:literal),* $(,)? }
            optional { $($optional:ident: $optional_type:ty = $optional_slot:literal),* $(,)? }
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name<'a>(flatbuffers::Table<'a>);

        impl<'a> flatbuffers::Follow<'a> for $name<'a> {
            type Inner = Self;
            #[inline]
            unsafe fn follow(buf: &'a [u8], loc: usize) -> Self {
                // SAFETY: the caller says that a table lies at `loc`.
                Self(unsafe { flatbuffers::Table::new(buf, loc) })
            }
        }

        impl<'a> flatbuffers::Verifiable for $name<'a> {
            #[inline]
            fn run_verifier(v: &mut flatbuffers::Verifier<'_, '_>, pos: usize) -> Result<(), flatbuffers::InvalidFlatbuffer> {
                v.visit_table(pos)?
                    $(.visit_field::<$number_type>(stringify!($number), $number_slot, false)?)*
                    $(.visit_field::<flatbuffers::ForwardsUOffset<$required_type>>(stringify!($required), $required_slot, true)?)*
                    $(.visit_field::<$optional_type>(stringify!($optional), $optional_slot, false)?)*
                    .finish();
                Ok(())
            }
        }

        #[allow(dead_code, reason = "a table offers all its fields; the labs read through a trait")]
        impl<'a> $name<'a> {
            $(#[inline]
            fn $number(&self) -> $number_type {
                // SAFETY: a view exists only over a verified table, whose field here is of this type.
                unsafe { self.0.get::<$number_type>($number_slot, None) }.unwrap_or_default()
            })*
            $(#[inline]
            #[allow(clippy::expect_used, reason = "invariant: the verifier refuses a table without its required fields")]
            fn $required(&self) -> <$required_type as flatbuffers::Follow<'a>>::Inner {
                // SAFETY: as above.
                unsafe { self.0.get::<flatbuffers::ForwardsUOffset<$required_type>>($required_slot, None) }
                    .expect("a verified table has its required fields")
            })*
            $(#[inline]
            fn $optional(&self) -> Option<<$optional_type as flatbuffers::Follow<'a>>::Inner> {
                // SAFETY: as above.
                unsafe { self.0.get::<$optional_type>($optional_slot, None) }
            })*
        }

        struct $new<'a> {
            $($number: $number_type,)*
            $($required: flatbuffers::WIPOffset<$required_type>,)*
            $($optional: Option<<$optional_type as crate::contender::flatbuffers::layout::Written>::As>,)*
            of: std::marker::PhantomData<&'a ()>,
        }

        impl<'a> $new<'a> {
            fn finish(self, builder: &mut flatbuffers::FlatBufferBuilder<'a>) -> flatbuffers::WIPOffset<$name<'a>> {
                let start = builder.start_table();
                $(builder.push_slot::<$number_type>($number_slot, self.$number, Default::default());)*
                $(builder.push_slot_always($required_slot, self.$required);)*
                $(if let Some(value) = self.$optional {
                    builder.push_slot_always($optional_slot, value);
                })*
                flatbuffers::WIPOffset::new(builder.end_table(start).value())
            }
        }
    };
}

/// A struct of so many bytes: it stands where it is used, without an offset.
macro_rules! fixed {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $align:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[repr(transparent)]
        pub struct $name([u8; $bytes]);

        impl flatbuffers::SimpleToVerifyInSlice for $name {}

        impl<'a> flatbuffers::Follow<'a> for $name {
            type Inner = &'a Self;
            #[inline]
            unsafe fn follow(buf: &'a [u8], loc: usize) -> &'a Self {
                // SAFETY: the caller says that such a struct lies at `loc`; it is plain bytes, of alignment 1.
                unsafe { flatbuffers::follow_cast_ref::<Self>(buf, loc) }
            }
        }

        impl flatbuffers::Push for $name {
            type Output = Self;
            #[inline]
            unsafe fn push(&self, dst: &mut [u8], _written_len: usize) {
                dst.copy_from_slice(&self.0);
            }
            #[inline]
            fn alignment() -> flatbuffers::PushAlignment {
                flatbuffers::PushAlignment::new($align)
            }
        }

        impl crate::contender::flatbuffers::layout::Written for $name {
            type As = Self;
        }

        impl flatbuffers::Verifiable for $name {
            #[inline]
            fn run_verifier(v: &mut flatbuffers::Verifier<'_, '_>, pos: usize) -> Result<(), flatbuffers::InvalidFlatbuffer> {
                v.in_buffer::<Self>(pos)
            }
        }
    };
}

/// What is written for a field that is read so.
pub(crate) trait Written {
    /// The value itself, or the offset of what was written before.
    type As: flatbuffers::Push;
}

impl<T> Written for flatbuffers::ForwardsUOffset<T> {
    type As = flatbuffers::WIPOffset<T>;
}

impl Written for bool {
    type As = Self;
}

/// The bytes of numbers, one after the other.
pub(super) fn joined<const EACH: usize, const COUNT: usize, const ALL: usize>(numbers: [[u8; EACH]; COUNT]) -> [u8; ALL] {
    let mut bytes = [0; ALL];
    bytes.iter_mut().zip(numbers.as_flattened()).for_each(|(to, from)| *to = *from);
    bytes
}

/// Numbers out of bytes, one after the other.
pub(super) fn split<const EACH: usize, const COUNT: usize>(bytes: &[u8]) -> [[u8; EACH]; COUNT] {
    let (numbers, _) = bytes.as_chunks::<EACH>();
    std::array::from_fn(|place| numbers.get(place).copied().unwrap_or([0; EACH]))
}
