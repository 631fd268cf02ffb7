using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What a refused caller says.</summary>
/// <param name="Message">What is wrong with the refusal.</param>
/// <param name="Reach">How it can be reached.</param>
internal sealed record AppealRequest(
    [property: Description("What is wrong with the refusal; 2000 characters are kept")] string? Message,
    [property: Description("How the caller can be reached; 200 characters are kept")] string? Reach
);
