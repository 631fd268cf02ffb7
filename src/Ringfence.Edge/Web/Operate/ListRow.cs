using System.Globalization;

namespace Ringfence.Edge.Web.Operate;

/// <summary>A caller on a callee's own list, as it lies in the tables.</summary>
public sealed class ListRow
{
    /// <summary>Whose list.</summary>
    public string Callee { get; init; } = "";

    /// <summary>Who is on it.</summary>
    public string Caller { get; init; } = "";

    /// <summary>blocked, allowed or contacts.</summary>
    public string List { get; init; } = "";

    /// <summary>Since when.</summary>
    public string Since { get; init; } = "";

    /// <summary>Until when; empty for always.</summary>
    public string Until { get; init; } = "";

    /// <summary>How the callee said so.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The call that the callee said it of; may be empty.</summary>
    public string CallId { get; init; } = "";

    internal DateTimeOffset SinceTime => Time(Since);

    internal DateTimeOffset? UntilTime => Until.Length == 0 ? null : Time(Until);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
