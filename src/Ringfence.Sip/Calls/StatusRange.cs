namespace Ringfence.Sip.Calls;

/// <summary>Which status codes a method takes; another is its caller's mistake.</summary>
internal static class StatusRange
{
    internal static void Check(int statusCode, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, most);
    }
}
