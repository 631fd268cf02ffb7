using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>A callee says that a caller was unwanted.</summary>
/// <param name="Caller">Who called.</param>
/// <param name="Callee">Who says so.</param>
/// <param name="Via">How.</param>
internal sealed record ReportRequest(
    [property: Description("Number with country code, or address user@host")] string? Caller,
    [property: Description("Number with country code, or address user@host")] string? Callee,
    [property: Description("api (default), button or command")] string? Via
);
