namespace Ringfence.Edge.Web.Operate;

/// <summary>Where a page of calls ends: the next one begins after it, whatever has come in between.</summary>
/// <param name="Started">When the call began, as it lies in the table.</param>
/// <param name="Id">The call's id.</param>
public readonly record struct CallKey(string Started, string Id)
{
    private const char Between = '~';

    /// <summary>Before every call: the newest comes first.</summary>
    internal static readonly CallKey Newest = new("9999", "");

    internal static CallKey Parse(string? text) =>
        text?.Split(Between) is [{ Length: > 0 and < 40 } started, { Length: < 64 } id] ? new(started, id) : Newest;

    /// <summary>As part of an address.</summary>
    public override string ToString() => $"{Started}{Between}{Id}";
}
