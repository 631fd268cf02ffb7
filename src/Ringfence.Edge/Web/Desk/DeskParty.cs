using Ringfence.Edge.Evidence;
using Ringfence.Screening.Facts;

namespace Ringfence.Edge.Web.Desk;

/// <summary>A number or address as somebody writes it.</summary>
internal static class DeskParty
{
    /// <summary>What is wrong with it, in words; null when it is one.</summary>
    internal static string? Read(string? text, string what, out Party party)
    {
        party = Party.Parse(text ?? "");
        return Histories.IsSomebody(party)
            ? null
            : $"{what}: a number with country code, as +33199001234, or an address, as alice@example.com.";
    }
}
