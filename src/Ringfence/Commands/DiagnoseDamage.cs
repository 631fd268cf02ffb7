using Ringfence.Diagnosis.Capture;

namespace Ringfence.Commands;

/// <summary>What is wrong with an input, and what to do about it, in words.</summary>
internal static class DiagnoseDamage
{
    private const string Read = "what comes after it was read as far as it could be";

    internal static string Of(CaptureDamage damage) =>
        damage.Kind switch
        {
            DamageKind.Unreadable => "it cannot be read; check that it is there and that you may read it",
            DamageKind.EndsInsideRecord => "the file ends inside a packet; all before it was read",
            DamageKind.ImpossibleLength => $"a packet says a length that cannot be; {Read}",
            DamageKind.DamagedCompression => "the compressed data are damaged; all before it was read",
            DamageKind.UnknownInterface => $"a packet names an interface that the file does not describe; {Read}",
            DamageKind.UnknownLinkType => "frames of a link type that is not known here were passed over",
            DamageKind.OtherCompression =>
                "it is compressed in a way that is not read; unpack it, or pack it with gzip",
            DamageKind.OtherCapture =>
                "it is a capture of another program; \"editcap -F pcapng OLD NEW\" (of Wireshark) makes one of it that is read",
            _ => "it is neither a capture (pcap, pcapng, snoop, NetMon, gzip) nor a log with SIP in it",
        };
}
