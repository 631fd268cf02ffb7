using System.Globalization;

namespace Ringfence.Edge.Web.Operate;

/// <summary>A report of an unwanted call, as it lies in the table.</summary>
public sealed class ReportRow
{
    /// <summary>When.</summary>
    public string At { get; init; } = "";

    /// <summary>Who called.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Who said so.</summary>
    public string Reporter { get; init; } = "";

    /// <summary>How.</summary>
    public string Channel { get; init; } = "";

    /// <summary>What it did for others.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The call that it is about; may be empty.</summary>
    public string CallId { get; init; } = "";

    internal DateTimeOffset Time => DateTimeOffset.Parse(At, CultureInfo.InvariantCulture);
}
