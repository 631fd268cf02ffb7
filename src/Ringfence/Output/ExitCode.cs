namespace Ringfence.Output;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    /// <summary>It went as asked.</summary>
    internal const int Success = 0;

    /// <summary>It was done, and the outcome is not the expected one.</summary>
    internal const int Unexpected = 1;

    /// <summary>It could not be done: wrong arguments, an unreadable file, a port that is taken.</summary>
    internal const int Unusable = 2;
}
