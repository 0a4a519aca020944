//! The packets lab: a feed of framed packets read in place and copied out, and one packet byte by byte.

mod broken;

use super::super::{
    LabContext,
    results::{Results, times_as_fast},
    shared::{alternative, grouped},
    times_lab::{Parts, TimesLab},
};
use crate::{
    components::{controls::Choice, table::TableData},
    embed::picture::PictureData,
    markup::{all, escaped},
    state::permalink::Permalink,
};
use leptos::prelude::*;
use protocol::{
    Contender, Cut, FactKind, LabId, LabInput, PacketsInput, Phase, Recording,
    packets::{EXAMPLE, EXAMPLE_FIELDS, Layer, PacketField},
};
use units::Bytes;

const LAB: TimesLab = TimesLab {
    lab: LabId::Packets,
    contenders: LabId::Packets.contenders(),
    takes_part: |_| LabId::Packets.contenders().to_vec(),
    axis: "time for one packet, from 0",
    facts: &[(FactKind::WireBytes, "bytes on the wire"), (FactKind::CopiedBytes, "bytes copied")],
    per: |input| f64::from(packets_input(input).packets),
    words: |input| {
        let PacketsInput { packets, cut } = packets_input(input);
        format!("{} packets in pieces of {}: times for one packet, bytes for all", grouped(packets), cut.label())
    },
    finding,
    remark,
    small_print: "Measured in your browser’s Wasm, not on a server. The stream is in memory: no socket, no kernel and no network card take part. All \
                  three find the frames with the same code.",
    illustration: |_| illustration(),
    link: |input| {
        let (mut link, start, now) = (Permalink::default(), PacketsInput::default(), packets_input(input));
        link.set_unless("packets", now.packets, start.packets, u32::to_string);
        link.set_unless("cut", now.cut, start.cut, |cut| cut.slug().to_owned());
        link
    },
};

/// The picture of what a link shows.
pub(in crate::labs) fn picture_of(link: &Permalink, recorded: &[Recording]) -> Option<PictureData> {
    LAB.picture_of(link, LabInput::Packets(input_of(link)), recorded)
}

/// The lab.
#[component]
pub fn Packets(
    /// Where it stands.
    context: LabContext,
) -> impl IntoView {
    let (link, link_error) = context.start();
    let input = RwSignal::new(input_of(&link));
    let counts = PacketsInput::PACKETS.map(|count| alternative(&count.to_string(), &grouped(count))).to_vec();
    let cuts = Cut::ALL.map(|cut| alternative(cut.slug(), cut.label())).to_vec();
    let choose_count = move |text: String| input.update(|input| input.packets = text.parse().unwrap_or(input.packets));
    let choose_cut = move |slug: String| {
        if let Some(cut) = Cut::ALL.into_iter().find(|cut| cut.slug() == slug) {
            input.update(|input| input.cut = cut);
        }
    };
    let choices = view! {
        <Choice label="Packets" name="packets" options=Signal::stored(counts) value=Signal::derive(move || input.get().packets.to_string())
            on_choose=choose_count/>
        <Choice label="Pieces of the stream" name="cut" options=Signal::stored(cuts) value=Signal::derive(move || input.get().cut.slug().to_owned())
            on_choose=choose_cut/>
    };
    let now = Signal::derive(move || LabInput::Packets(input.get()));
    let lab = LAB
        .view(&context, (&link, link_error), now, Parts::plain(LAB, choices.into_any()), move |link| input.set(input_of(&link)));
    view! {
        {lab}
        {broken::view()}
    }
}

fn packets_input(input: LabInput) -> PacketsInput {
    match input {
        LabInput::Packets(input) => input,
        // This lab makes no other input.
        _ => PacketsInput::default(),
    }
}

/// The input that a link stands for: one of the offered counts, else the default.
fn input_of(link: &Permalink) -> PacketsInput {
    let start = PacketsInput::default();
    let packets = link.get("packets").and_then(|text| text.parse().ok()).filter(|count| PacketsInput::PACKETS.contains(count));
    let cut = link.get("cut").and_then(|slug| Cut::ALL.into_iter().find(|cut| cut.slug() == slug));
    PacketsInput { packets: packets.unwrap_or(start.packets), cut: cut.unwrap_or(start.cut) }
}

fn finding(results: Option<&Results>) -> String {
    let Some(results) = results else {
        return "Press Run: the same feed is read in place, and copied out into structs.".to_owned();
    };
    let of = |contender| results.ratio(contender, Phase::Whole);
    let (Some(checked), Some(trusted)) = (of(Contender::PacketsChecked), of(Contender::PacketsTrusted)) else {
        return "Measuring.".to_owned();
    };
    format!(
        "Against owned structs: in place {}; in place with checksums left to the network card {}.",
        times_as_fast(checked),
        times_as_fast(trusted)
    )
}

/// What was copied, as it was counted.
fn remark(results: &Results) -> Option<String> {
    let copied = |contender| results.fact(contender, FactKind::CopiedBytes);
    let (owned, in_place) = (copied(Contender::PacketsOwned)?, copied(Contender::PacketsChecked)?);
    let wire = results.fact(Contender::PacketsOwned, FactKind::WireBytes)?;
    Some(format!(
        "Of {} on the wire, reading in place copies {}, only where a frame was cut; owned structs copy {}.",
        Bytes(wire),
        Bytes(in_place),
        Bytes(owned)
    ))
}

/// The example's fields with their bytes.
fn fields() -> Vec<(&'static PacketField, &'static [u8])> {
    let mut at = 0;
    let field = |field: &'static PacketField| {
        let bytes = EXAMPLE.get(at..at + field.width).unwrap_or_default();
        at += field.width;
        (field, bytes)
    };
    EXAMPLE_FIELDS.iter().map(field).collect()
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}

/// One packet, layer by layer, with a sentence and a table.
fn illustration() -> String {
    let fields = fields();
    let layers = all(Layer::ALL, |layer| {
        let cells = all(fields.iter().filter(|(field, _)| field.layer == layer), |(field, bytes)| {
            format!("<span class=\"packet-field\"><code>{}</code><small>{}</small></span>", hex(bytes), escaped(field.name))
        });
        let width: usize = fields.iter().filter(|(field, _)| field.layer == layer).map(|(field, _)| field.width).sum();
        format!("<div class=\"packet-layer\"><b>{} <small>{width} bytes</small></b><div>{cells}</div></div>", layer.label())
    });
    let mut at = 0;
    let rows = fields.iter().map(|(field, bytes)| {
        let start = at;
        at += field.width;
        let place = if field.width == 1 { start.to_string() } else { format!("{start} to {}", at - 1) };
        vec![format!("{}: {}", field.layer.label(), field.name), place, hex(bytes), field.value.to_owned()]
    });
    let table = TableData {
        caption: "The same packet, field by field".to_owned(),
        head: ["field", "bytes", "as they are", "what they say"].map(str::to_owned).into(),
        rows: rows.collect(),
    };
    format!(
        "<h2 class=\"lab-part\">One packet</h2><p>Of {} bytes that carry a trade, {} are the trade. Each header says how long the next part is; whoever believes one of them \
         unchecked reads what was never sent.</p><div class=\"packet\" aria-hidden=\"true\">{layers}</div>\
         <details class=\"packet-table\"><summary>Every field with its bytes and what they say</summary>{}</details>",
        EXAMPLE.len(),
        EXAMPLE_FIELDS.iter().filter(|field| field.layer == Layer::Message).map(|field| field.width).sum::<usize>(),
        table.draw()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_what_is_not_offered_gives_the_default() {
        let mut link = Permalink::default();
        link.set("packets", "12345");
        link.set("cut", "small");
        assert_eq!(input_of(&link), PacketsInput { packets: 10_000, cut: Cut::Small });
        let input = LabInput::Packets(PacketsInput { packets: 100_000, cut: Cut::Large });
        assert_eq!(LabInput::Packets(input_of(&(LAB.link)(input))), input);
    }

    #[test]
    fn every_byte_of_the_packet_is_drawn_once_with_its_name() {
        let fields = fields();
        assert_eq!(fields.iter().map(|(field, bytes)| (field.width == bytes.len(), bytes.len()).1).sum::<usize>(), EXAMPLE.len());
        assert!(fields.iter().all(|(field, bytes)| field.width == bytes.len() && !field.name.is_empty()));
        let drawn = illustration();
        assert!(drawn.contains("Of 68 bytes that carry a trade, 24 are the trade"), "{drawn}");
        assert!(drawn.contains("<code>46 45 52 52 4f 20</code><small>symbol</small>"), "{drawn}");
    }
}
