using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>Where a callee wants a caller.</summary>
/// <param name="List">On which list.</param>
/// <param name="Until">Until when.</param>
internal sealed record ListEntryRequest(
    [property: Description("blocked, allowed or contacts")] string? List,
    [property: Description("Null for always; contacts have no end")] DateTimeOffset? Until
);
