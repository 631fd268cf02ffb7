namespace Ringfence.Screening.Facts;

/// <summary>
/// What is an emergency service everywhere, whoever gathers the facts: 112 and 911 (3GPP TS 22.101 §10.1) and the service URNs
/// of RFC 5031. Numbers of one country come in by <see cref="CallFacts.Emergency"/>.
/// </summary>
internal static class EmergencyNumbers
{
    private static readonly Party European = Party.Parse("112");
    private static readonly Party American = Party.Parse("911");

    /// <summary>True for an emergency service.</summary>
    public static bool Include(in Party callee) =>
        callee.Form switch
        {
            PartyForm.Local => callee.Number == European.Number || callee.Number == American.Number,
            PartyForm.Invalid => callee.Text.StartsWith("urn:service:sos", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
}
